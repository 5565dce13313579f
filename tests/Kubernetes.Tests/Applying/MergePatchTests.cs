using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Applying;

namespace PodEngine.Kubernetes.Tests.Applying;

public class MergePatchTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":[1,2]}}""", """{"b":{"c":[1,2]},"a":1}""", null)]
    [InlineData("""{"a":1}""", """{"a":1.0}""", null)]
    [InlineData("""{"a":1}""", """{"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", """{"b":null}""")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":1,"c":3,"d":4}}""", """{"a":{"c":3,"d":4}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":"b"}""", """{"a":"b"}""")]
    [InlineData("""{}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    public void The_patch_holds_only_what_differs(string current, string desired, string? expected)
    {
        var patch = MergePatch.Between(JsonNode.Parse(current)!.AsObject(), JsonNode.Parse(desired)!.AsObject());

        Assert.True(JsonNode.DeepEquals(expected is null ? null : JsonNode.Parse(expected), patch), patch?.ToJsonString());
    }

    [Fact]
    public void What_was_never_written_is_written_whole() =>
        Assert.Equal("""{"phase":"New"}""", MergePatch.Between(null, new JsonObject { ["phase"] = "New" })!.ToJsonString());
}
