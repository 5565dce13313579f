using System.Text.Json;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Coordination;
using PodEngine.Kubernetes.Objects.Core;

namespace PodEngine.Kubernetes.Tests.Objects;

public class JsonTests
{
    [Fact]
    public void Items_of_a_list_know_their_kind_although_the_server_leaves_it_out()
    {
        var page = JsonSerializer.Deserialize(
            """{"kind":"ConfigMapList","metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"a"}}]}""", BuiltIn.ConfigMaps.ListJson);

        var item = Assert.Single(page!.Items);
        Assert.Equal(("v1", "ConfigMap", "a"), (item.ApiVersion, item.Kind, item.Metadata.Name));
    }

    [Fact]
    public void A_list_whose_items_are_null_is_empty()
    {
        var page = JsonSerializer.Deserialize("""{"metadata":{},"items":null}""", BuiltIn.ConfigMaps.ListJson);

        Assert.Empty(page!.Items);
    }

    [Fact]
    public void What_is_not_set_is_not_written()
    {
        var json = JsonSerializer.Serialize(new ConfigMap { Metadata = new ObjectMeta { Name = "a" } }, BuiltIn.ConfigMaps.Json);

        Assert.True(JsonElement.DeepEquals(
            JsonElement.Parse("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}"""), JsonElement.Parse(json)), json);
    }

    [Fact]
    public void Lease_times_have_six_digits_and_object_times_none()
    {
        var time = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)).AddTicks(1234567);
        var lease = new Lease { Metadata = new ObjectMeta { CreationTimestamp = time }, Spec = new LeaseSpec { RenewTime = time } };

        var json = JsonSerializer.SerializeToElement(lease, BuiltIn.Leases.Json);

        Assert.Equal("2030-01-02T02:04:05Z", json.GetProperty("metadata").GetProperty("creationTimestamp").GetString());
        Assert.Equal("2030-01-02T02:04:05.123456Z", json.GetProperty("spec").GetProperty("renewTime").GetString());
        Assert.Null(JsonSerializer.Deserialize(json, BuiltIn.Leases.Json)!.Spec!.AcquireTime);
    }

    [Fact]
    public void Ports_and_percentages_keep_their_form()
    {
        var action = """
            {"metadata":{},"spec":{"selector":{},"template":{"spec":{"containers":[]}},"strategy":{"rollingUpdate":{"maxSurge":1,"maxUnavailable":"25%"}}}}
            """;

        var bounds = JsonSerializer.Deserialize(action, BuiltIn.Deployments.Json)!.Spec!.Strategy!.RollingUpdate!;

        Assert.Equal((IntOrString.From(1), IntOrString.From("25%")), (bounds.MaxSurge, bounds.MaxUnavailable));
        Assert.Contains("\"rollingUpdate\":{\"maxUnavailable\":\"25%\",\"maxSurge\":1}", JsonSerializer.Serialize(
            JsonSerializer.Deserialize(action, BuiltIn.Deployments.Json)!, BuiltIn.Deployments.Json));
    }
}
