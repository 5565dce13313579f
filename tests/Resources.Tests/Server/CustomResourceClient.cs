using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PodEngine.Kit.ControlPlanes;

namespace PodEngine.Resources.Tests.Server;

/// <summary>Sends manifests of one namespace to a real API server and reads its answers.</summary>
internal sealed class CustomResourceClient(TestNamespace place) : IDisposable
{
    private const string DryRun = "&dryRun=All";

    private readonly HttpClient _http = place.Plane.CreateHttpClient();

    public Task<JsonObject> TryCreateAsync(JsonObject manifest) => SendAsync(HttpMethod.Post, manifest, "", DryRun);

    public Task<JsonObject> CreateAsync(JsonObject manifest) => SendAsync(HttpMethod.Post, manifest, "", "");

    /// <summary>Tries to replace a stored object.</summary>
    public Task<JsonObject> TryReplaceAsync(JsonObject stored, JsonObject manifest) => ReplaceAsync(stored, manifest, "", DryRun);

    public Task<JsonObject> ReplaceStatusAsync(JsonObject stored, JsonObject manifest) => ReplaceAsync(stored, manifest, "/status", "");

    /// <summary>The faults of a refusal as field and message; unknown fields, which come as one text, as fields too. Null for a success.</summary>
    public static IReadOnlyList<(string Field, string Message)>? Refusal(JsonObject answer)
    {
        if ((string?)answer["kind"] != "Status")
        {
            return null;
        }

        var message = (string?)answer["message"] ?? "";
        var causes = (answer["details"]?["causes"] as JsonArray ?? []).Select(cause => ((string?)cause!["field"] ?? "", (string?)cause["message"] ?? ""));
        var unknown = message.Split("unknown field \"").Skip(1).Select(rest => (rest[..rest.IndexOf('"', StringComparison.Ordinal)], "unknown field"));
        return [.. causes, .. unknown];
    }

    public void Dispose() => _http.Dispose();

    private Task<JsonObject> ReplaceAsync(JsonObject stored, JsonObject manifest, string subresource, string dryRun)
    {
        var successor = (JsonObject)manifest.DeepClone();
        successor["metadata"]!["resourceVersion"] = (string?)stored["metadata"]!["resourceVersion"];
        return SendAsync(HttpMethod.Put, successor, $"/{(string)stored["metadata"]!["name"]!}{subresource}", dryRun);
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, JsonObject manifest, string name, string dryRun)
    {
        var plural = $"{((string)manifest["kind"]!).ToLowerInvariant()}s";
        var address = $"apis/podengine.io/v1alpha1/namespaces/{place.Name}/{plural}{name}?fieldValidation=Strict{dryRun}";
        using var request = new HttpRequestMessage(method, address) { Content = new StringContent(manifest.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (JsonObject)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
