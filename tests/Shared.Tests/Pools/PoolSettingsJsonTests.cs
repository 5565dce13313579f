using System.Text.Json;
using PodEngine.Shared.Pools;
using PodEngine.Shared.Products;

namespace PodEngine.Shared.Tests.Pools;

public sealed class PoolSettingsJsonTests
{
    private const string Least = """{"installationId":"11111111-1111-4111-8111-111111111111","namespace":"shop","pool":"default"}""";

    private static readonly PoolSettings Full = new()
    {
        InstallationId = Guid.Parse("11111111-1111-4111-8111-111111111111"),
        Namespace = "shop",
        Pool = "default",
        Concurrency = 8,
        DrainSeconds = 60,
        Hold = true,
        ClaudeBaseUrl = new Uri("http://claude/"),
        ComfyUiUrls = [new Uri("http://comfy:8188/")],
        RunPod = new RunPodTarget("abc", new Uri("http://runpod/v2")),
        Storage = new StorageSettings { S3 = new S3Settings { Bucket = "pictures", Endpoint = new Uri("http://s3/"), Region = "eu", Prefix = "a/", PathStyle = true } },
        PrintifyBaseUrl = new Uri("http://printify/"),
        PrintifyShopId = 42,
        Platforms = [new PlatformTarget("etsy", 1003)],
        Webhooks = [new WebhookTarget("done", new Uri("http://hook/"), "key")],
    };

    [Fact]
    public void Settings_are_read_as_they_were_written_and_the_same_settings_are_the_same_text()
    {
        var text = PoolSettingsJson.Write(Full);

        Assert.Equivalent(Full, PoolSettingsJson.Read(text), strict: true);
        Assert.Equal(text, PoolSettingsJson.Write(PoolSettingsJson.Read(text)));
    }

    [Fact]
    public void What_a_person_left_out_has_its_documented_default()
    {
        var settings = PoolSettingsJson.Read(Least);

        Assert.Equal((5, 300, false), (settings.Concurrency, settings.DrainSeconds, settings.Hold));
        Assert.Empty(settings.ComfyUiUrls);
        Assert.Empty(settings.Platforms);
        Assert.Empty(settings.Webhooks);
        Assert.Equal(new StorageSettings(), settings.Storage);
    }

    [Fact]
    public void What_a_bucket_leaves_out_has_its_documented_default()
    {
        var bucket = PoolSettingsJson.Read(Least[..^1] + ""","storage":{"s3":{"bucket":"pictures"}}}""").Storage.S3!;

        Assert.Equal(("us-east-1", "", false), (bucket.Region, bucket.Prefix, bucket.PathStyle));
    }

    [Fact]
    public void Names_may_be_written_in_any_case() => Assert.Equal(9, PoolSettingsJson.Read($$"""{{Least[..^1]}},"Concurrency":9}""").Concurrency);

    [Theory]
    [InlineData("null", "object")]
    [InlineData("""{"namespace":"shop"}""", "pool")]
    [InlineData("""{"installationId":"11111111-1111-4111-8111-111111111111","namespace":"shop","pool":"default","concurrency":"many"}""", "$.concurrency")]
    [InlineData("""{"installationId":"11111111-1111-4111-8111-111111111111","namespace":"shop","pool":"default","platforms":null}""", "platforms")]
    public void Settings_that_cannot_be_read_are_refused_with_the_place(string text, string place) =>
        Assert.Contains(place, Assert.Throws<JsonException>(() => PoolSettingsJson.Read(text)).Message, StringComparison.OrdinalIgnoreCase);
}
