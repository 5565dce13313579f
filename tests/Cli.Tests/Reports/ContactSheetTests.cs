using PodEngine.Cli.Reports;
using PodEngine.Queue;

namespace PodEngine.Cli.Tests.Reports;

public sealed class ContactSheetTests
{
    [Fact]
    public void Words_of_users_and_providers_stay_words()
    {
        var job = Reported.Job(
            "<b>cats</b>",
            JobState.Failed,
            [Reported.Image(0, "\"><script>alert(1)</script>")],
            [Reported.Product(0, "mug", fault: "<img src=x>")]);

        var page = ContactSheet.Render([job], (_, _) => "cats-01.png");

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Contains("alt=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"", page, StringComparison.Ordinal);
        Assert.Contains("ProviderRejected: &lt;no&gt; &amp; never", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_stand_beside_the_page_with_the_products_made_of_each()
    {
        var job = Reported.Job(
            "cats",
            images: [Reported.Image(0, "One"), Reported.Image(1, "Two"), Reported.Image(2, "Three", stored: false)],
            products: [Reported.Product(0, "mug"), Reported.Product(1, "poster")]);

        var page = ContactSheet.Render([job], (_, image) => $"cats-{image.Index}.png");

        var one = page.IndexOf("<img src=\"cats-0.png\"", StringComparison.Ordinal);
        var two = page.IndexOf("<img src=\"cats-1.png\"", StringComparison.Ordinal);
        Assert.InRange(page.IndexOf("<li>mug at etsy: $19.05, Draft</li>", StringComparison.Ordinal), one, two);
        Assert.True(page.IndexOf("<li>poster", StringComparison.Ordinal) > two);
        Assert.DoesNotContain("Three", page, StringComparison.Ordinal);
        Assert.Contains("jobs=1 completed=1 failed=0 images=2 products=2", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_needs_no_network() => Assert.DoesNotContain("http", ContactSheet.Render([], (_, _) => ""), StringComparison.Ordinal);
}
