namespace PodEngine.Queue.Postgres.Migrations;

/// <summary>How a database's schema stands to this binary.</summary>
public enum SchemaState
{
    /// <summary>Everything this binary needs is there.</summary>
    Ready,

    /// <summary>Migrations are still to be applied.</summary>
    Behind,

    /// <summary>A newer binary changed the schema in ways this one does not understand.</summary>
    SchemaNewer,
}

/// <summary>The answer of <see cref="PostgresSchemaCheck"/>.</summary>
/// <param name="State">How the schema stands.</param>
/// <param name="Message">What to do about it; for <see cref="SchemaState.Ready"/> just that.</param>
public sealed record SchemaReport(SchemaState State, string Message);
