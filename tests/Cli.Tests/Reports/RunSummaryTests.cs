using PodEngine.Cli.Reports;
using PodEngine.Queue;

namespace PodEngine.Cli.Tests.Reports;

public sealed class RunSummaryTests
{
    [Fact]
    public void What_was_stored_and_made_is_counted_and_what_was_not_is_not()
    {
        var summary = RunSummary.Of(
        [
            Reported.Job("a", images: [Reported.Image(0, "one"), Reported.Image(1, "two", stored: false)], products: [Reported.Product(0, "mug")]),
            Reported.Job("b", JobState.Failed, images: [Reported.Image(0, "one")], products: [Reported.Product(0, "mug", externalId: null, fault: "no")]),
            Reported.Job("c", JobState.Cancelled),
        ]);

        Assert.Equal("jobs=3 completed=1 failed=2 images=2 products=1", summary.ToString());
    }

    [Fact]
    public void A_product_that_exists_and_failed_later_is_not_counted_as_made() =>
        Assert.Equal(0, RunSummary.Of([Reported.Job("a", products: [Reported.Product(0, "mug", fault: "not published")])]).Products);
}
