using PodEngine.Ledger.Postgres.Migrations;
using PodEngine.Queue;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Cli.Migrating;

/// <summary><c>podengine migrate</c>: brings the database of <c>DATABASE_URL</c> to what this binary knows.</summary>
internal sealed class MigrateCommand(TextWriter output, TextWriter errors, Func<string, string?> environment)
{
    /// <summary>Migrates and returns one of <see cref="ExitCodes"/>.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (environment("DATABASE_URL") is not { Length: > 0 } url)
        {
            await errors.WriteLineAsync("DATABASE_URL is not set: give it the database's address, postgresql://user:password@host:5432/database.");
            return ExitCodes.BadInput;
        }

        try
        {
            await using var store = PostgresStore.Open(url);
            var applied = await PostgresMigrator.ApplyAsync(store, LedgerMigrations.All, cancellationToken);
            await output.WriteLineAsync(applied == 0 ? "The schema is up to date." : $"Applied {applied} migrations.");
            return ExitCodes.Done;
        }
        catch (FormatException fault)
        {
            await errors.WriteLineAsync(fault.Message);
            return ExitCodes.BadInput;
        }
        catch (Exception fault) when (fault is QueueUnavailableException or QueueRefusedException)
        {
            await errors.WriteLineAsync(fault.Message);
            return ExitCodes.Unavailable;
        }
    }
}
