using System.Text.Json;
using PodEngine.Shared.Jobs;

namespace PodEngine.Shared.Tests.Jobs;

public sealed class ResultTextsTests
{
    [Fact]
    public void A_result_is_read_as_it_was_written_with_what_is_missing_left_null()
    {
        var result = new DesignResult
        {
            WrittenBy = "template",
            Images = [new DesignResultImage(0, "Cats", 41, new string('a', 64), 12, null), new DesignResultImage(1, "Cats", 42, null, null, "WorkflowFailed")],
            Products = [new DesignResultProduct(0, "mug", "etsy", "p1", "Cats Mug", 1299, "Draft", null, null)],
            Cost = new DesignResultCost(1500, 20, 1),
        };

        var text = DesignResultJson.Write(result);

        Assert.Equivalent(result, DesignResultJson.Read(text), strict: true);
        Assert.DoesNotContain("null", text, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => DesignResultJson.Read("null"));
    }

    [Fact]
    public void Progress_is_read_as_it_was_written_and_text_that_is_none_counts_as_none()
    {
        var detail = new ProgressDetail(1, 2, 3, 4);

        Assert.Equal(detail, ProgressDetailJson.Read(ProgressDetailJson.Write(detail)));
        Assert.Null(ProgressDetailJson.Read(null));
        Assert.Null(ProgressDetailJson.Read("half a sentence"));
    }
}
