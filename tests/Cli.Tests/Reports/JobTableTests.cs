using PodEngine.Cli.Reports;
using PodEngine.Queue;

namespace PodEngine.Cli.Tests.Reports;

public sealed class JobTableTests
{
    [Fact]
    public void Jobs_are_listed_in_the_columns_of_kubectl_with_no_blanks_at_the_ends()
    {
        var table = JobTable.Render(
            [
                Reported.Job("cats", products: [Reported.Product(0, "mug"), Reported.Product(0, "cap", externalId: null)], priority: -10),
                Reported.Job("a-much-longer-name", JobState.AwaitingApproval),
            ],
            Reported.Created.AddSeconds(200));

        Assert.Equal(
            """
            NAME                 PHASE              POOL      PRIORITY   PROGRESS   PRODUCTS   ATTEMPTS   AGE
            cats                 Completed          presses   -10        40         1          2          3m20s
            a-much-longer-name   AwaitingApproval   presses   0          40         0          2          3m20s
            """,
            table);
    }

    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(200, "3m20s")]
    [InlineData(599, "9m59s")]
    [InlineData(600, "10m")]
    [InlineData(179 * 60, "179m")]
    [InlineData(3 * 3600, "3h")]
    [InlineData((5 * 3600) + 660, "5h11m")]
    [InlineData(30 * 3600, "30h")]
    [InlineData(48 * 3600, "2d")]
    [InlineData(76 * 3600, "3d4h")]
    [InlineData(8 * 86400, "8d")]
    [InlineData(400 * 86400, "400d")]
    public void Ages_are_written_as_kubectl_does(int seconds, string written) => Assert.Equal(written, JobTable.Age(TimeSpan.FromSeconds(seconds)));
}
