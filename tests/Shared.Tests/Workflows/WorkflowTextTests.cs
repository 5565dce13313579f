using PodEngine.Shared.Workflows;

namespace PodEngine.Shared.Tests.Workflows;

public sealed class WorkflowTextTests
{
    [Fact]
    public void A_workflow_in_API_format_is_read_with_the_placeholders_it_uses()
    {
        var workflow = WorkflowText.Read("""{"1":{"class_type":"KSampler","inputs":{"seed":"{{ seed }}","more":[{"text":"a {{prompt}}"}]}}}""", out var faults);

        Assert.Empty(faults);
        Assert.Equal(["prompt", "seed"], workflow!.Placeholders.Order());
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("1: {class_type: A}", "not JSON")]
    [InlineData("null", "no JSON object")]
    [InlineData("{}", "no nodes")]
    [InlineData("""{"nodes":[],"links":[]}""", "Save (API format)")]
    [InlineData("""{"1":{"class_type":"A","inputs":{}},"2":"x"}""", "'2' is no node")]
    [InlineData("""{"1":{"class_type":"A","inputs":{"a":1,"a":2}}}""", "not JSON")]
    [InlineData("""{"1":{"class_type":"A","inputs":{"a":"\ud800"}}}""", "not JSON")]
    [InlineData("""{"1":{"class_type":"A","inputs":{"a":"{{sampler}}"}}}""", "'{{sampler}}' is no placeholder (there are {{prompt}}")]
    public void A_workflow_that_cannot_be_used_is_told_why(string text, string why)
    {
        Assert.Null(WorkflowText.Read(text, out var faults));

        Assert.Contains(why, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_workflow_has_at_most_256_KiB(int more, bool taken)
    {
        const string frame = """{"1":{"class_type":"A","inputs":{"text":"é"}}}""";
        var text = frame.Insert(frame.Length - 4, new string('a', WorkflowText.MaxBytes - System.Text.Encoding.UTF8.GetByteCount(frame) + more));

        Assert.Equal(taken, WorkflowText.Read(text, out var faults) is not null);
        Assert.All(faults, fault => Assert.Contains("262144 are the most", fault, StringComparison.Ordinal));
    }
}
