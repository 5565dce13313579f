using System.Net.Http.Json;
using PodEngine.Kit.Processes;

namespace PodEngine.Kit.ControlPlanes;

/// <summary>A namespace of the test's own; its deletion is asked for at the end and not waited for.</summary>
public sealed class TestNamespace : IAsyncDisposable
{
    private readonly HttpClient _http;

    private TestNamespace(ControlPlane plane, string name)
    {
        Plane = plane;
        Name = name;
        _http = plane.CreateHttpClient();
    }

    public ControlPlane Plane { get; }

    public string Name { get; }

    /// <param name="plane">The run's shared one when null.</param>
    public static async Task<TestNamespace> CreateAsync(ControlPlane? plane = null)
    {
        plane ??= await ControlPlane.SharedAsync();
        var created = new TestNamespace(plane, $"t-{Guid.NewGuid():n}"[..14]);
        var manifest = new { apiVersion = "v1", kind = "Namespace", metadata = new { name = created.Name } };
        using var answer = await created._http.PostAsJsonAsync("api/v1/namespaces", manifest);
        answer.EnsureSuccessStatusCode();
        return created;
    }

    /// <summary>Runs kubectl in this namespace.</summary>
    public Task<CommandResult> KubectlAsync(IEnumerable<string> arguments, string? standardInput = null) =>
        Plane.KubectlAsync(["--namespace", Name, .. arguments], standardInput);

    /// <summary>Applies a manifest (without client-side validation, which an old server cannot serve) and fails when it is refused.</summary>
    public async Task ApplyAsync(string manifest) =>
        (await KubectlAsync(["apply", "--validate=false", "-f", "-"], manifest)).Expect();

    public async ValueTask DisposeAsync()
    {
        using (_http)
        {
            using var answer = await _http.DeleteAsync($"api/v1/namespaces/{Name}");
        }
    }
}
