using Npgsql;
using PodEngine.Kit.Postgres;

namespace PodEngine.Kit.Tests.Postgres;

public sealed class PostgresTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_schemas_do_not_see_each_others_tables_and_are_gone_at_the_end()
    {
        string name;
        await using (var one = await PostgresSchema.CreateAsync())
        await using (var other = await PostgresSchema.CreateAsync())
        {
            name = one.Name;
            await using var first = await one.OpenAsync();
            await using var second = await other.OpenAsync();
            await ExecuteAsync(first, "CREATE TABLE things (id int); INSERT INTO things VALUES (1)");
            var fault = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(second, "SELECT * FROM things"));
            Assert.Equal(PostgresErrorCodes.UndefinedTable, fault.SqlState);
        }

        await using var later = await PostgresSchema.CreateAsync();
        await using var connection = await later.OpenAsync();
        Assert.Equal(0L, await ExecuteAsync(connection, $"SELECT count(*) FROM pg_namespace WHERE nspname = '{name}'"));
    }

    [Fact]
    public async Task A_database_of_its_own_hears_no_notifications_of_another()
    {
        await using var one = await PostgresDatabase.CreateAsync();
        await using var other = await PostgresDatabase.CreateAsync();
        await using var listener = await one.OpenAsync();
        await using var stranger = await other.OpenAsync();
        await using var sender = await one.OpenAsync();
        var heard = new List<string>();
        listener.Notification += (_, notification) => heard.Add(notification.Payload);
        await ExecuteAsync(listener, "LISTEN jobs");
        await ExecuteAsync(stranger, "NOTIFY jobs, 'foreign'");
        await ExecuteAsync(sender, "NOTIFY jobs, 'own'");
        await listener.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Equal(["own"], heard);
    }

    [Fact]
    public async Task A_connection_through_the_proxy_breaks_when_it_is_cut()
    {
        await using var schema = await PostgresSchema.CreateAsync();
        await using var proxy = schema.Server.CreateProxy();
        await using var connection = new NpgsqlConnection(schema.ConnectionStringVia(proxy) + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        Assert.Equal(schema.Name, await ExecuteAsync(connection, "SELECT current_schema()::text"));
        proxy.CutAll();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ExecuteAsync(connection, "SELECT 1"));
    }

    [Fact]
    public async Task A_server_of_its_own_can_be_taken_away_and_comes_back_with_its_data()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var database = await PostgresDatabase.CreateAsync(server);
        var unpooled = database.ConnectionString + ";Pooling=false";
        await using (var connection = new NpgsqlConnection(unpooled))
        {
            await connection.OpenAsync(Cancellation);
            await ExecuteAsync(connection, "CREATE TABLE kept (id int)");
        }

        await server.StopAsync();
        await using (var refused = new NpgsqlConnection(unpooled))
        {
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => refused.OpenAsync(Cancellation));
        }

        await server.StartAgainAsync();
        await server.KillAsync();
        await server.StartAgainAsync();

        await using var again = new NpgsqlConnection(unpooled);
        await again.OpenAsync(Cancellation);
        Assert.Equal(0L, await ExecuteAsync(again, "SELECT count(*) FROM kept"));
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // The statements are the tests' own words.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
