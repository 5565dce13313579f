using System.Net;
using PodEngine.Kit.Postgres;
using PodEngine.Kit.Processes;
using PodEngine.Ledger.Postgres.Migrations;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Api.Tests;

public class ProbeTests
{
    private const string Listening = "Now listening on: ";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_api_is_live_at_once_and_ready_when_the_schema_is()
    {
        await using var database = await PostgresSchema.CreateAsync();
        await using var api = await ChildProcess.StartProductAsync(
            "Api", [], new Dictionary<string, string?> { ["DATABASE_URL"] = database.Uri, ["PODENGINE_API_URL"] = "http://127.0.0.1:0" });
        var line = await api.WaitForLineAsync(text => text.Contains(Listening, StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        using var http = new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]) };

        using var live = await http.GetAsync(new Uri("livez", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        using var unready = await http.GetAsync(new Uri("readyz", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);
        Assert.Contains("podengine migrate", await unready.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        await using var store = PostgresStore.Open(database.Uri);
        await PostgresMigrator.ApplyAsync(store, LedgerMigrations.All, Cancellation);

        using var ready = await http.GetAsync(new Uri("readyz", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task Every_wrong_setting_is_named_at_once()
    {
        await using var api = await ChildProcess.StartProductAsync(
            "Api", [], new Dictionary<string, string?> { ["DATABASE_URL"] = null, ["PODENGINE_API_URL"] = "3000" });

        Assert.Equal(2, await api.WaitForExitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("DATABASE_URL", api.Output, StringComparison.Ordinal);
        Assert.Contains("PODENGINE_API_URL", api.Output, StringComparison.Ordinal);
    }
}
