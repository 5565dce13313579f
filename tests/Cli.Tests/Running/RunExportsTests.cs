using PodEngine.Cli.Reports;
using PodEngine.Cli.Running;
using PodEngine.Cli.Tests.Reports;
using PodEngine.Ledger;

namespace PodEngine.Cli.Tests.Running;

public sealed class RunExportsTests
{
    [Theory]
    [InlineData("cats", "Cyber Punk", "image/png", "cats-01-cyber-punk.png")]
    [InlineData("cats", "  ../../etc/passwd\0 ", "image/png", "cats-01-etc-passwd.png")]
    [InlineData("cats", "Çà!", "image/jpeg", "cats-01.jpg")]
    [InlineData("cats", "猫", "image/webp", "cats-01.webp")]
    [InlineData("my.cats", "A", "image/gif", "my-cats-01-a.gif")]
    [InlineData("cats", "A", "application/x-sh", "cats-01-a.png")]
    public void A_picture_is_named_by_job_number_and_title_in_plain_letters(string job, string title, string mediaType, string file) =>
        Assert.Equal([file], Names(Reported.Job(job, images: [Reported.Image(0, title, mediaType: mediaType)])));

    [Fact]
    public void Jobs_of_like_names_do_not_overwrite_each_others_pictures()
    {
        ImageRecord[] images = [Reported.Image(0, "Same"), Reported.Image(1, "Same"), Reported.Image(2, "Never drawn", stored: false)];

        Assert.Equal(
            ["cats-01-same.png", "cats-02-same.png", "cats-01-same-2.png", "cats-02-same-2.png"],
            Names(Reported.Job("cats", images: images), Reported.Job("cats", images: images)));
    }

    [Fact]
    public void A_very_long_title_is_cut() =>
        Assert.InRange(Names(Reported.Job("cats", images: [Reported.Image(0, new string('t', 500))])).Single().Length, 60, 100);

    private static IEnumerable<string> Names(params JobReport[] jobs)
    {
        var files = RunExports.PictureFiles(jobs);
        return jobs.SelectMany(job => job.Entries.Images.Where(image => image.Sha256 is not null).Select(image => files[(job.Record.Id, image.Index)]));
    }
}
