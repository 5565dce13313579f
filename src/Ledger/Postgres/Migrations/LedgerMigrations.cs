using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Ledger.Postgres.Migrations;

/// <summary>The ledger's tables, beside the queue's in one schema.</summary>
public static class LedgerMigrations
{
    /// <summary>Component <c>ledger</c>.</summary>
    public static MigrationComponent Component { get; } = new("ledger", typeof(LedgerMigrations).Assembly, "Postgres/Migrations/");

    /// <summary>Everything a database of the engine holds, in the order it is applied: the queue, then the ledger.</summary>
    public static IReadOnlyList<MigrationComponent> All { get; } = [QueueMigrations.Component, Component];
}
