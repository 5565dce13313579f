using PodEngine.Ledger.Postgres.Migrations;
using PodEngine.Queue;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Api.Probes;

/// <summary>
/// <c>/livez</c>: the process answers. <c>/readyz</c>: the database is reached and its schema is one this binary can read; the API waits for it and
/// never migrates it.
/// </summary>
internal sealed class StoreProbe(PostgresStore store)
{
    /// <summary>Maps both probes; they need no key.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", static () => Results.Text("ok\n"));
        routes.MapGet("/readyz", ReadyAsync);
    }

    private async Task<IResult> ReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var report = await PostgresSchemaCheck.CheckAsync(store, LedgerMigrations.All, cancellationToken);
            return report.State == SchemaState.Ready ? Results.Text("ok\n") : NotReady(report.Message);
        }
        catch (QueueUnavailableException fault)
        {
            return NotReady(fault.Message);
        }
    }

    private static IResult NotReady(string why) => Results.Text(why + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
