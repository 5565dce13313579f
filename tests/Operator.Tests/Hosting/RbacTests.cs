using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PodEngine.Kit;
using PodEngine.Kit.Processes;
using PodEngine.Operator.Tests.Kit;
using PodEngine.Queue;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Operator.Tests.Hosting;

public class RbacTests
{
    private const string Home = "podengine-system";
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_rights_of_config_rbac_are_all_the_operator_needs()
    {
        await using var world = await OperatorWorld.CreateAsync();
        (await world.Plane.KubectlAsync(["apply", "--validate=false", "-f", RepositoryRoot.File("config", "rbac", "operator.yaml")])).Expect();
        await using var process = await ChildProcess.StartProductAsync("Operator", [], new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = world.Database.Uri,
            ["KUBECONFIG"] = await KubeconfigOfServiceAccountAsync(world),
            ["WATCH_NAMESPACE"] = world.Namespace,
            ["POD_NAMESPACE"] = Home,
            ["PODENGINE_METRICS_URL"] = "http://127.0.0.1:0",
            ["PODENGINE_PROBES_URL"] = "http://127.0.0.1:0",
        });
        await world.ApplyPoolAsync();
        await world.ApplyJobAsync("rejected", "  notify: nobody");
        await world.WithConditionAsync("rejected", "Stalled", "True/WebhookUnknown", TimeSpan.FromSeconds(40));
        await world.ApplyJobAsync("taken");
        var taken = await world.InPhaseAsync("taken", PodJobPhase.Queued);
        await world.DeleteJobAsync("taken");
        await Eventually.Passes(async () => Assert.Equal(JobState.Cancelled, (await world.RowAsync(taken))!.State));
        (await world.Space.KubectlAsync(["scale", "workerpool", "default", "--replicas=2"])).Expect();
        await Eventually.Passes(async () => Assert.Equal(2, (await world.PoolAsync()).Status!.Replicas));
        await Eventually.Passes(async () => Assert.NotEmpty(await world.EventsAsync("taken")));
        process.Terminate();
        Assert.Equal(0, await process.WaitForExitAsync());

        Assert.DoesNotContain("Forbidden", process.Output, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> KubeconfigOfServiceAccountAsync(OperatorWorld world)
    {
        using var http = world.Plane.CreateHttpClient();
        var request = new JsonObject { ["apiVersion"] = "authentication.k8s.io/v1", ["kind"] = "TokenRequest", ["spec"] = new JsonObject() };
        using var answer = await http.PostAsJsonAsync($"api/v1/namespaces/{Home}/serviceaccounts/podengine-operator/token", request, Token);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!["status"]!["token"]!.GetValue<string>();
        var path = Path.Combine(world.Plane.Folder, $"kubeconfig-of-operator-{world.Namespace}");
        var authority = Path.Combine(world.Plane.Folder, "pki", "ca.crt");
        await File.WriteAllTextAsync(path, $$"""
            apiVersion: v1
            kind: Config
            current-context: operator
            clusters: [{name: plane, cluster: {server: "https://127.0.0.1:{{world.Plane.Port}}", certificate-authority: "{{authority}}" } }]
            users: [{name: operator, user: {token: "{{token}}" } }]
            contexts: [{name: operator, context: {cluster: plane, user: operator } }]
            """, Token);
        return path;
    }
}
