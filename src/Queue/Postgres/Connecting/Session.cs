using Npgsql;

namespace PodEngine.Queue.Postgres.Connecting;

/// <summary>
/// A connection from its pool and back. A process that is frozen within a transaction must not keep its locks, or nobody could rescue its jobs: a session
/// that is this process's own is opened with a limit for that, one that belongs to a pooler is told for each transaction.
/// </summary>
/// <param name="connection">The connection, owned.</param>
/// <param name="givesUpWhenFrozen">Whether it was opened with <see cref="GiveUpOption"/>.</param>
internal sealed class Session(NpgsqlConnection connection, bool givesUpWhenFrozen) : IAsyncDisposable
{
    /// <summary>A start-up option, which costs no round trip.</summary>
    public const string GiveUpOption = $"-c {Setting}={Limit}";

    private const string Setting = "idle_in_transaction_session_timeout";
    private const string Limit = "5s";
    private const string GiveUpInThisTransaction = $"select set_config('{Setting}', '{Limit}', true)";

    public NpgsqlConnection Connection => connection;

    /// <summary>Begins a transaction (read committed) that PostgreSQL ends when it stands still for five seconds.</summary>
    public async Task<NpgsqlTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!givesUpWhenFrozen)
        {
            await using var limit = connection.Command(GiveUpInThisTransaction);
            await limit.ExecuteNonQueryAsync(cancellationToken);
        }

        return transaction;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
