using System.Globalization;
using System.Text;
using PodEngine.Cli.Reports;
using PodEngine.Ledger;
using PodEngine.Storage;

namespace PodEngine.Cli.Running;

/// <summary>Copies what a run made out of storage to where a person looks for it: <c>index.html</c> and one file per picture.</summary>
internal sealed class RunExports(IObjectStorage storage, string folder)
{
    /// <summary>Name of the contact sheet.</summary>
    public const string SheetName = "index.html";

    /// <summary>Writes everything; files of an earlier run with the same names are replaced.</summary>
    public async Task WriteAsync(IReadOnlyList<JobReport> jobs, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        foreach (var job in jobs)
        {
            foreach (var image in job.Entries.Images.Where(image => image.Sha256 is not null))
            {
                await using var source = await storage.OpenAsync(image.Sha256!, cancellationToken);
                await using var target = File.Create(Path.Combine(folder, PictureFile(job, image)));
                await source.CopyToAsync(target, cancellationToken);
            }
        }

        await File.WriteAllTextAsync(Path.Combine(folder, SheetName), ContactSheet.Render(jobs, PictureFile), cancellationToken);
    }

    /// <summary><c>job-01-title.png</c>: made of letters, digits and dashes only, whatever the title says.</summary>
    public static string PictureFile(JobReport job, ImageRecord image)
    {
        var ending = image.MediaType switch { "image/jpeg" => "jpg", "image/webp" => "webp", "image/gif" => "gif", _ => "png" };
        return string.Create(CultureInfo.InvariantCulture, $"{Slug(job.Record.Name)}-{image.Index + 1:00}-{Slug(image.Title)}.{ending}");
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var letter in text.ToLowerInvariant().Take(60))
        {
            var next = char.IsAsciiLetterOrDigit(letter) ? letter : '-';
            if (next != '-' || (slug.Length > 0 && slug[^1] != '-'))
            {
                slug.Append(next);
            }
        }

        return slug.ToString().Trim('-');
    }
}
