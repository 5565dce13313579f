using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using PodEngine.Kit.ControlPlanes;
using PodEngine.Resources.Manifests;

namespace PodEngine.Resources.Tests.Server;

public sealed class CorpusOnServerTests
{
    [Fact]
    public async Task Every_wrong_manifest_is_refused_by_the_API_server_with_the_field_and_the_words_of_the_rule()
    {
        var complaints = await ForEachAsync(ManifestFile.Corpus, async (client, file) =>
        {
            var refusal = CustomResourceClient.Refusal(await SendAsync(client, file));
            return refusal is null ? "was accepted"
                : refusal.Any(fault => fault.Field == file.Field && fault.Message.EndsWith(file.Message ?? "", StringComparison.Ordinal)) ? null
                : $"was refused, but for {string.Join("; ", refusal)}";
        });

        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Every_sound_manifest_is_accepted_by_the_API_server_with_the_defaults_our_validator_fills_in()
    {
        var complaints = await ForEachAsync([.. ManifestFile.Valid, .. ManifestFile.Samples], async (client, file) =>
        {
            var answer = await SendAsync(client, file);
            if (CustomResourceClient.Refusal(answer) is { } refusal)
            {
                return $"was refused for {string.Join("; ", refusal)}";
            }

            var ours = ManifestValidator.Validate(file.New, file.Old);
            return JsonNode.DeepEquals(answer["spec"], ours.Manifest["spec"]) ? null : $"became {answer["spec"]!.ToJsonString()} there and {ours.Manifest["spec"]!.ToJsonString()} here";
        });

        Assert.Empty(complaints);
    }

    [Fact]
    public async Task What_the_records_write_is_what_the_API_server_keeps()
    {
        var complaints = await ForEachAsync([.. ManifestFile.Valid.Where(file => file.Old is null), .. ManifestFile.Samples], async (client, file) =>
        {
            var manifest = ManifestValidator.Validate(file.New);
            var written = (JsonObject)ManifestKind.ByName[file.Kind].Write(manifest.Resource!);
            var answer = await client.TryCreateAsync(written);
            return JsonNode.DeepEquals(answer["spec"], written["spec"]) ? null : $"is {written["spec"]?.ToJsonString()} here and {answer.ToJsonString()} there";
        });

        Assert.Empty(complaints);
    }

    private static async Task<JsonObject> SendAsync(CustomResourceClient client, ManifestFile file)
    {
        if (file.Old is null)
        {
            return await client.TryCreateAsync(file.New);
        }

        var stored = await client.CreateAsync(file.Old);
        Assert.Null(CustomResourceClient.Refusal(stored));
        return await client.TryReplaceAsync(stored, file.New);
    }

    private static async Task<IEnumerable<string>> ForEachAsync(IReadOnlyList<ManifestFile> files, Func<CustomResourceClient, ManifestFile, Task<string?>> check)
    {
        await using var place = await TestNamespace.CreateAsync(await ControlPlane.SharedWithCelAsync());
        using var client = new CustomResourceClient(place);
        var complaints = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (file, _) =>
        {
            if (await check(client, file) is { } complaint)
            {
                complaints.Add($"{file.Name} {complaint}");
            }
        });
        return complaints.Order(StringComparer.Ordinal);
    }
}
