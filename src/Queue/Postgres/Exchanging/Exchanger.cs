using Npgsql;
using PodEngine.Queue.Postgres.Claiming;
using PodEngine.Queue.Postgres.Completing;

namespace PodEngine.Queue.Postgres.Exchanging;

/// <summary>Takes an exchange to the store: one batch of statements, which PostgreSQL runs as one transaction.</summary>
internal sealed class Exchanger(JobCompleter completer, JobClaimer claimer)
{
    public async Task<ExchangeAnswer> ExchangeAsync(NpgsqlConnection connection, Exchange exchange, CancellationToken cancellationToken)
    {
        var once = exchange.Completions.Index().DistinctBy(completion => completion.Item.Lease).ToList();
        await using var batch = connection.CreateBatch();
        if (once.Count > 0)
        {
            completer.Add(batch, [.. once.Select(completion => completion.Item)]);
        }

        foreach (var claim in exchange.Claims)
        {
            claimer.Add(batch, claim);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var states = new JobState?[exchange.Completions.Count];
        if (once.Count > 0)
        {
            var accepted = await JobCompleter.ReadAsync(reader, once.Count, cancellationToken);
            for (var i = 0; i < once.Count; i++)
            {
                states[once[i].Index] = accepted[i];
            }
        }

        var claims = new List<IReadOnlyList<ClaimedJob>>();
        foreach (var _ in exchange.Claims)
        {
            claims.Add(await JobClaimer.ReadAsync(reader, cancellationToken));
        }

        return new ExchangeAnswer(states, claims);
    }
}
