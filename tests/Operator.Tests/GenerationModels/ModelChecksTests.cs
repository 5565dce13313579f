using System.Text.Json.Nodes;
using PodEngine.Operator.GenerationModels;
using PodEngine.Resources.GenerationModels;

namespace PodEngine.Operator.Tests.GenerationModels;

public class ModelChecksTests
{
    private static readonly JsonObject Sound = Schema("""{"type":"object","properties":{"prompt":{"type":"string"},"steps":{"type":"integer"}}}""");

    [Fact]
    public void An_object_schema_with_named_fields_is_sound() => Assert.Empty(ModelChecks.SchemaFaults(Sound));

    [Theory]
    [InlineData("""{"type":"array","items":{}}""", "type must be")]
    [InlineData("""{"type":"object"}""", "properties is missing")]
    [InlineData("""{"type":"object","properties":[]}""", "properties must be an object")]
    [InlineData("""{"type":"object","properties":{"a":3}}""", "properties.a must be a schema")]
    [InlineData("""{"type":"object","properties":{},"required":"a"}""", "required must be a list")]
    public void Other_schemas_say_what_is_wrong(string schema, string words) =>
        Assert.Contains(ModelChecks.SchemaFaults(Schema(schema)), fault => fault.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Overrides_may_only_name_fields_of_the_schema()
    {
        var overrides = new ConfigOverrides
        {
            DefaultInputs = Schema("""{"steps":20,"cfg":7}"""),
            LockedInputs = Schema("""{"seed":1}"""),
            HiddenFields = ["steps", "model"],
        };

        Assert.Equal(["'cfg'", "'seed'", "'model'"], ModelChecks.OverrideFaults(Sound, overrides).Select(fault => fault.Split(' ').First(word => word[0] == '\'').TrimEnd(',')));
    }

    [Fact]
    public void A_prompt_cannot_be_wrapped_where_there_is_none()
    {
        var faults = ModelChecks.OverrideFaults(Schema("""{"type":"object","properties":{"x":{}}}"""), new ConfigOverrides { PromptPrefix = "anime, " });

        Assert.Single(faults);
    }

    private static JsonObject Schema(string json) => JsonNode.Parse(json)!.AsObject();
}
