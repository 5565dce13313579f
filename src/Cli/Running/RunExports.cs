using System.Globalization;
using System.Text;
using PodEngine.Cli.Reports;
using PodEngine.Ledger;
using PodEngine.Queue;
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
        var files = PictureFiles(jobs);
        foreach (var job in jobs)
        {
            foreach (var image in job.Entries.Images.Where(image => image.Sha256 is not null))
            {
                await using var source = await storage.OpenAsync(image.Sha256!, cancellationToken);
                await using var target = File.Create(Path.Combine(folder, files[(job.Record.Id, image.Index)]));
                await source.CopyToAsync(target, cancellationToken);
            }
        }

        await File.WriteAllTextAsync(Path.Combine(folder, SheetName), ContactSheet.Render(jobs, (job, image) => files[(job.Record.Id, image.Index)]), cancellationToken);
    }

    /// <summary>
    /// A file name for every stored picture, by job and index: <c>job-01-title.png</c>, made of letters, digits and dashes only, whatever the title says;
    /// no two are the same.
    /// </summary>
    public static IReadOnlyDictionary<(JobId Job, int Index), string> PictureFiles(IEnumerable<JobReport> jobs)
    {
        var files = new Dictionary<(JobId, int), string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            foreach (var image in job.Entries.Images.Where(image => image.Sha256 is not null))
            {
                var name = PictureName(job, image);
                var unique = name;
                for (var number = 2; !taken.Add(unique); number++)
                {
                    unique = $"{name}-{number}";
                }

                files[(job.Record.Id, image.Index)] = $"{unique}.{Ending(image)}";
            }
        }

        return files;
    }

    private static string PictureName(JobReport job, ImageRecord image)
    {
        var number = (image.Index + 1).ToString("00", CultureInfo.InvariantCulture);
        return string.Join('-', new[] { Slug(job.Record.Name), number, Slug(image.Title) }.Where(part => part.Length > 0));
    }

    private static string Ending(ImageRecord image) => image.MediaType switch { "image/jpeg" => "jpg", "image/webp" => "webp", "image/gif" => "gif", _ => "png" };

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
