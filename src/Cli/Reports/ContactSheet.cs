using System.Globalization;
using System.Net;
using System.Text;
using PodEngine.Ledger;

namespace PodEngine.Cli.Reports;

/// <summary>One HTML page with every picture of a run and the products made of it; it refers to the pictures beside it and needs no network.</summary>
internal static class ContactSheet
{
    private const string Style = """
        :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 2.5rem 0 .25rem; }
        .facts { opacity: .75; margin: 0 0 1rem; }
        .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1.25rem; }
        figure { margin: 0; border: 1px solid var(--line); border-radius: .6rem; overflow: hidden; }
        figure img { display: block; width: 100%; aspect-ratio: 1; object-fit: cover; }
        figcaption { padding: .7rem .9rem .9rem; }
        figcaption strong { display: block; }
        ul { margin: .5rem 0 0; padding-left: 1.1rem; }
        .prompt { opacity: .75; font-size: .85rem; display: block; margin-top: .25rem; }
        .fault { color: #c0392b; }
        """;

    /// <summary>The page.</summary>
    /// <param name="jobs">Jobs in the order to show them.</param>
    /// <param name="pictureFile">File name of a stored picture beside the page, by job and image.</param>
    public static string Render(IReadOnlyCollection<JobReport> jobs, Func<JobReport, ImageRecord, string> pictureFile)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Pod Engine: contact sheet</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <h1>Contact sheet</h1>
            <p class="facts">{RunSummary.Of(jobs)}</p>

            """);
        foreach (var job in jobs)
        {
            AppendJob(page, job, pictureFile);
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void AppendJob(StringBuilder page, JobReport job, Func<JobReport, ImageRecord, string> pictureFile)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(job.Record.Name)}</h2>\n<p class=\"facts\">{job.Record.State}, attempt {job.Record.Attempts}");
        if (job.Record.Failure is { } failure)
        {
            page.Append(CultureInfo.InvariantCulture, $": <span class=\"fault\">{Text(failure.Code)}: {Text(failure.Message)}</span>");
        }

        page.Append("</p>\n<div class=\"grid\">\n");
        foreach (var image in job.Entries.Images.Where(image => image.Sha256 is not null))
        {
            AppendPicture(page, job, image, pictureFile(job, image));
        }

        page.Append("</div>\n");
    }

    private static void AppendPicture(StringBuilder page, JobReport job, ImageRecord image, string file)
    {
        page.Append(CultureInfo.InvariantCulture, $"""
            <figure>
            <img src="{Text(file)}" alt="{Text(image.Title)}" loading="lazy">
            <figcaption><strong>{Text(image.Title)}</strong><span class="prompt">{Text(image.Prompt)} · seed {image.Seed}</span>
            <ul>

            """);
        foreach (var product in job.Entries.Products.Where(product => product.ImageIndex == image.Index))
        {
            var price = (product.PriceCents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
            var fault = product.FaultMessage is null ? "" : $" <span class=\"fault\">{Text(product.FaultMessage)}</span>";
            page.Append(CultureInfo.InvariantCulture, $"<li>{Text(product.ProductType)} at {Text(product.Platform)}: ${price}, {product.State}{fault}</li>\n");
        }

        page.Append("</ul>\n</figcaption>\n</figure>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
