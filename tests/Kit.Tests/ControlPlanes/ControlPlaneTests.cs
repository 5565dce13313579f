using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PodEngine.Kit.ControlPlanes;

namespace PodEngine.Kit.Tests.ControlPlanes;

/// <summary>The kit's own kind, <c>Toy</c>, stands for the product's kinds here.</summary>
public sealed class ControlPlaneTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string ToyKinds => RepositoryRoot.File("tests", "Kit.Tests", "ControlPlanes", "ToyKinds");

    [Fact]
    public async Task A_CEL_rule_refuses_an_object_with_the_words_of_the_rule()
    {
        var plane = await ControlPlane.SharedWithCelAsync();
        await plane.InstallCrdsAsync(ToyKinds);
        await using var place = await TestNamespace.CreateAsync(plane);
        var refused = await place.KubectlAsync(["apply", "--validate=false", "-f", "-"], Toy("tricycle", wheels: 3));
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("a toy with three wheels falls over", refused.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defaults_selectable_fields_and_server_side_apply_work_at_the_main_address()
    {
        var plane = await ControlPlane.SharedWithCelAsync();
        await plane.InstallCrdsAsync(ToyKinds);
        await using var place = await TestNamespace.CreateAsync(plane);
        (await place.KubectlAsync(["apply", "--server-side", "--validate=false", "-f", "-"], Toy("car", wheels: 4))).Expect();
        await place.ApplyAsync(Toy("boat", wheels: 0, colour: "blue"));
        var red = await place.KubectlAsync(["get", "toys", "--field-selector", "spec.colour=red", "-o", "name"]);
        Assert.Equal("toy.podengine.io/car", red.Expect());
    }

    [Fact]
    public async Task Server_side_apply_of_a_built_in_kind_is_applied_by_the_controller_manager()
    {
        await using var place = await TestNamespace.CreateAsync();
        const string Deployment = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","labels":{"a":"b","c":"d"}},"spec":{"replicas":2,
             "selector":{"matchLabels":{"app":"web"}},
             "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web","env":[{"name":"A","value":"B"}]}]}}}}
            """;
        (await place.KubectlAsync(["apply", "--server-side", "--validate=false", "-f", "-"], Deployment)).Expect();
        await Eventually.Holds(
            async () => (await place.KubectlAsync(["get", "pods", "-o", "name"])).Expect().Split('\n').Length == 2,
            because: "the Deployment has two pods");
    }

    [Fact]
    public async Task Two_namespaces_do_not_share_objects_and_go_with_what_they_hold()
    {
        var plane = await ControlPlane.SharedAsync();
        await plane.InstallCrdsAsync(ToyKinds);
        await using var other = await TestNamespace.CreateAsync(plane);
        string name;
        await using (var one = await TestNamespace.CreateAsync(plane))
        {
            name = one.Name;
            await one.ApplyAsync(Toy("car", wheels: 4));
            Assert.Equal("", (await other.KubectlAsync(["get", "toys", "-o", "name"])).Expect());
        }

        using var http = plane.CreateHttpClient();
        await Eventually.Holds(
            async () =>
            {
                using var answer = await http.GetAsync($"api/v1/namespaces/{name}", Cancellation);
                return answer.StatusCode == HttpStatusCode.NotFound;
            },
            TimeSpan.FromSeconds(60),
            "the namespace and the toy in it are gone");
    }

    [Fact]
    public async Task Writes_are_found_in_the_audit_log()
    {
        var plane = await ControlPlane.SharedAsync();
        await plane.InstallCrdsAsync(ToyKinds);
        await using var place = await TestNamespace.CreateAsync(plane);
        await place.ApplyAsync(Toy("car", wheels: 4));
        await place.ApplyAsync(Toy("car", wheels: 4));
        var writes = plane.ReadAudit().Where(entry => entry.IsWrite && entry.Resource == "toys" && entry.Namespace == place.Name);
        Assert.Equal("create", Assert.Single(writes).Verb);
    }

    [Fact]
    public async Task A_kubeconfig_through_the_proxy_is_trusted_and_obeys_its_faults()
    {
        var plane = await ControlPlane.SharedAsync();
        await using var proxy = plane.CreateProxy();
        using var http = plane.CreateHttpClient(proxy);
        var version = await http.GetFromJsonAsync<JsonElement>("version", Cancellation);
        Assert.Equal($"v{plane.Version}", version.GetProperty("gitVersion").GetString());
        Assert.Contains($"https://127.0.0.1:{proxy.Port}", await File.ReadAllTextAsync(plane.KubeconfigVia(proxy), Cancellation), StringComparison.Ordinal);

        proxy.RefuseNew();
        proxy.CutAll();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("version", Cancellation));
        proxy.Resume();
        using var answer = await http.GetAsync("version", Cancellation);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task An_API_server_can_be_taken_away_and_comes_back_with_its_objects()
    {
        await using var plane = await OwnPlaneAsync();
        await using var place = await TestNamespace.CreateAsync(plane);
        using var http = plane.CreateHttpClient();

        await plane.StopApiServerAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("version", Cancellation));
        await plane.StartApiServerAgainAsync();

        using var answer = await http.GetAsync($"api/v1/namespaces/{place.Name}", Cancellation);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static async Task<ControlPlane> OwnPlaneAsync()
    {
        // Asked for first so that the test is skipped where there can be none.
        await ControlPlane.SharedAsync();
        return await ControlPlane.StartAsync(plain: true);
    }

    private static string Toy(string name, int wheels, string? colour = null) =>
        JsonSerializer.Serialize(new
        {
            apiVersion = "podengine.io/v1alpha1",
            kind = "Toy",
            metadata = new { name },
            spec = new Dictionary<string, object?> { ["wheels"] = wheels, ["colour"] = colour }.Where(pair => pair.Value is not null).ToDictionary(),
        });
}
