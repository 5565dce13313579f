using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.QueueWorker.Recording;

/// <summary>The history's table, in the schema of the queue.</summary>
public static class HistoryMigrations
{
    public static MigrationComponent Component { get; } = new("history", typeof(HistoryMigrations).Assembly, "Migrations/");
}
