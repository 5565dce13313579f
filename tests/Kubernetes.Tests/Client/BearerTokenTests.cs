using PodEngine.Kit.Time;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Client.Credentials;

namespace PodEngine.Kubernetes.Tests.Client;

public sealed class BearerTokenTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();
    private readonly ManualTimeProvider clock = new();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_token_replaced_on_disk_is_used_a_minute_later_and_the_old_one_while_the_file_is_away()
    {
        File.WriteAllText(path, "first\n");
        var token = Token();
        Assert.Equal("first", token.Current());

        File.WriteAllText(path, "second\n");
        Assert.Equal("first", token.Current());
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("second", token.Current());

        File.Delete(path);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("second", token.Current());
    }

    [Fact]
    public void A_refused_token_is_read_again_at_once()
    {
        File.WriteAllText(path, "first");
        var token = Token();
        token.Current();
        File.WriteAllText(path, "second");

        Assert.True(token.Invalidate());

        Assert.Equal("second", token.Current());
    }

    [Fact]
    public void A_file_that_was_never_there_is_named()
    {
        File.Delete(path);

        Assert.Contains(path, Assert.Throws<KubeConfigException>(() => Token().Current()).Message, StringComparison.Ordinal);
    }

    private BearerToken Token() => new(new KubernetesConnection { Server = new Uri("https://localhost"), TokenFile = path }, clock);
}
