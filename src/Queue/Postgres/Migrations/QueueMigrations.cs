namespace PodEngine.Queue.Postgres.Migrations;

/// <summary>The queue's own tables.</summary>
public static class QueueMigrations
{
    /// <summary>Component <c>queue</c>.</summary>
    public static MigrationComponent Component { get; } = new("queue", typeof(QueueMigrations).Assembly, "Postgres/Migrations/");
}
