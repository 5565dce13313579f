using PodEngine.Kit.Postgres;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.Queue.Postgres.Migrations;

namespace PodEngine.Queue.Tests.Postgres;

public sealed class PostgresMigrationTests : IAsyncLifetime
{
    private static readonly IReadOnlyList<MigrationComponent> Current = [QueueMigrations.Component];

    private PostgresSchema _schema = null!;
    private PostgresStore _store = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _schema = await PostgresSchema.CreateAsync();
        _store = PostgresStore.Open(_schema.Uri, PostgresStore.ListenOff);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _schema.DisposeAsync();
    }

    [Fact]
    public async Task Applying_twice_applies_once()
    {
        Assert.Equal(QueueMigrations.Component.Version, await ApplyAsync());
        Assert.Equal(0, await ApplyAsync());
        Assert.Equal(SchemaState.Ready, (await CheckAsync(Current)).State);
    }

    [Fact]
    public async Task Appliers_at_the_same_time_apply_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ApplyAsync()));

        Assert.Equal(QueueMigrations.Component.Version, applied.Sum());
    }

    [Fact]
    public async Task A_schema_that_does_not_exist_is_created()
    {
        await using var store = PostgresStore.Open($"{_schema.Uri.Split('?')[0]}?search_path={_schema.Name}_new", PostgresStore.ListenOff);
        try
        {
            await PostgresMigrator.ApplyAsync(store, Current, Cancelled);

            Assert.Equal(SchemaState.Ready, (await PostgresSchemaCheck.CheckAsync(store, Current, Cancelled)).State);
        }
        finally
        {
            await store.TransactAsync(
                async (connection, cancellationToken) =>
                {
                    await using var drop = connection.Command($"drop schema if exists {store.Sql.QuotedSchema} cascade");
                    return await drop.ExecuteNonQueryAsync(cancellationToken);
                },
                Cancelled);
        }
    }

    [Fact]
    public async Task A_schema_nobody_migrated_is_behind_and_every_call_says_so_until_it_is_ready()
    {
        await using var queue = new PostgresJobQueue(_store);
        Assert.Equal(SchemaState.Behind, (await CheckAsync(Current)).State);

        var refusal = await Assert.ThrowsAsync<QueueUnavailableException>(() => queue.FindAsync(JobId.New(), Cancelled));
        Assert.Contains("podengine migrate", refusal.Message, StringComparison.Ordinal);

        await ApplyAsync();
        Assert.Null(await queue.FindAsync(JobId.New(), Cancelled));
    }

    [Fact]
    public async Task A_newer_schema_that_still_reads_the_old_way_is_used()
    {
        await PostgresMigrator.ApplyAsync(_store, [Newer(minReader: 1)], Cancelled);

        Assert.Equal(SchemaState.Ready, (await CheckAsync(Current)).State);
        Assert.Equal(0, await ApplyAsync());
        await using var queue = new PostgresJobQueue(_store);
        Assert.Null(await queue.FindAsync(JobId.New(), Cancelled));
    }

    [Fact]
    public async Task A_newer_schema_that_this_binary_does_not_understand_is_left_alone()
    {
        await PostgresMigrator.ApplyAsync(_store, [Newer(minReader: QueueMigrations.Component.Version + 1)], Cancelled);
        await using var queue = new PostgresJobQueue(_store);

        Assert.Equal(SchemaState.SchemaNewer, (await CheckAsync(Current)).State);
        var migrating = await Assert.ThrowsAsync<QueueUnavailableException>(ApplyAsync);
        var calling = await Assert.ThrowsAsync<QueueUnavailableException>(() => queue.FindAsync(JobId.New(), Cancelled));
        Assert.Contains("SchemaNewer", migrating.Message, StringComparison.Ordinal);
        Assert.Contains("SchemaNewer", calling.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        var broken = new MigrationComponent(
            "queue", [.. QueueMigrations.Component.Migrations, new Migration(QueueMigrations.Component.Version + 1, "broken", 1, "select no_such_function()")]);

        await Assert.ThrowsAsync<QueueUnavailableException>(() => PostgresMigrator.ApplyAsync(_store, [broken], Cancelled));

        Assert.Equal(QueueMigrations.Component.Version, await ApplyAsync());
    }

    private static MigrationComponent Newer(int minReader) => new(
        "queue", [.. QueueMigrations.Component.Migrations, new Migration(QueueMigrations.Component.Version + 1, "later", minReader, "create table podengine.later ()")]);

    private Task<int> ApplyAsync() => PostgresMigrator.ApplyAsync(_store, Current, Cancelled);

    private Task<SchemaReport> CheckAsync(IReadOnlyList<MigrationComponent> components) => PostgresSchemaCheck.CheckAsync(_store, components, Cancelled);
}
