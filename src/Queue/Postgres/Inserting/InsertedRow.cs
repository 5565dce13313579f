namespace PodEngine.Queue.Postgres.Inserting;

/// <summary>What the database gave a job it had not known.</summary>
internal readonly record struct InsertedRow(long Sequence, DateTimeOffset CreatedAt);
