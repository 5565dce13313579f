using System.Net.Sockets;
using Npgsql;

namespace PodEngine.Queue.Postgres.Connecting;

/// <summary>Tells the database's failures apart, and turns them into the queue's own words.</summary>
internal static class PostgresFaults
{
    /// <summary>idle_in_transaction_session_timeout: this process was frozen within a transaction.</summary>
    private const string IdleInTransactionTimeout = "25P03";

    /// <summary>Losing a race that PostgreSQL resolves by refusing one side: the transaction did nothing and may simply be run again.</summary>
    public static bool IsConflict(Exception fault) => fault is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable,
    };

    /// <summary>The connection was refused, cut or timed out, or the server is starting, stopping or full.</summary>
    public static bool IsOutage(Exception fault) => fault switch
    {
        PostgresException refused => refused.SqlState[..2] is "08" or "53" || refused.SqlState is
            PostgresErrorCodes.AdminShutdown or IdleInTransactionTimeout or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow,
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>No answer within the command's time, for whatever reason: an outage, unless the connection lives on.</summary>
    public static bool IsTimeout(NpgsqlException fault) => fault.InnerException is TimeoutException;

    /// <summary>Any failure of the database; what is left is a defect or a cancellation.</summary>
    public static bool IsDatabase(Exception fault) => fault is NpgsqlException || IsOutage(fault);

    public static Exception Translate(Exception fault, string server) => fault is PostgresException refusal && IsRefusal(refusal)
        ? new QueueRefusedException($"PostgreSQL at {server} refuses what it was given, with {refusal.SqlState}: {refusal.MessageText}.", refusal)
        : Unavailable(fault, server);

    /// <summary>
    /// The values are to blame: they cannot be stored (class 22), break a rule of the tables (23) or are too large (54). Everything else may pass, be it by
    /// waiting, migrating or granting.
    /// </summary>
    private static bool IsRefusal(PostgresException fault) => fault.SqlState[..2] is "22" or "23" or "54";

    private static QueueUnavailableException Unavailable(Exception fault, string server) => new(
        fault switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
                $"PostgreSQL at {server} refuses the user or password of DATABASE_URL.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
                $"PostgreSQL at {server} has no such database. Create it or correct DATABASE_URL.",
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
                $"PostgreSQL at {server} denies the role of DATABASE_URL what is needed: {denied.MessageText}.",
            PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn } missing =>
                $"The schema at {server} is not what this binary expects ({missing.MessageText}). Run 'podengine migrate' or start the operator.",
            PostgresException other => $"PostgreSQL at {server} answered {other.SqlState}: {other.MessageText}.",
            NpgsqlException late when IsTimeout(late) => $"PostgreSQL at {server} did not answer in time.",
            _ => $"PostgreSQL at {server} cannot be reached: {fault.GetBaseException().Message}",
        },
        fault);
}
