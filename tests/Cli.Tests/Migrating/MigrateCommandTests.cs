using System.Net;
using System.Net.Sockets;
using PodEngine.Kit.Postgres;

namespace PodEngine.Cli.Tests.Migrating;

/// <summary><c>podengine migrate</c> as a process.</summary>
public sealed class MigrateCommandTests
{
    [Fact]
    public async Task A_new_database_is_migrated_once()
    {
        await using var schema = await PostgresSchema.CreateAsync();

        var (first, applied) = await Podengine.RunAsync(schema.Uri, "migrate");
        var (second, nothing) = await Podengine.RunAsync(schema.Uri, "migrate");

        Assert.Equal((0, 0), (first, second));
        Assert.Matches("^Applied [1-9][0-9]* migrations\\.$", Assert.Single(applied));
        Assert.Equal("The schema is up to date.", Assert.Single(nothing));
    }

    [Theory]
    [InlineData(null, "DATABASE_URL is not set")]
    [InlineData("mysql://root:hunter2@db/x", "postgresql://")]
    public async Task An_address_that_is_none_is_bad_input(string? url, string said)
    {
        var (code, lines) = await Podengine.RunAsync(url, "migrate");

        Assert.Equal(2, code);
        Assert.Contains(said, Assert.Single(lines), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_is_named_without_its_password()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var (code, lines) = await Podengine.RunAsync($"postgresql://app:hunter2@127.0.0.1:{port}/shop", "migrate");

        Assert.Equal(3, code);
        Assert.Contains($"127.0.0.1:{port}/shop", Assert.Single(lines), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", lines[0], StringComparison.Ordinal);
    }
}
