using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Tests.Postgres.Connecting;

public sealed class SessionTests(MigratedStore migrated) : IClassFixture<MigratedStore>
{
    private const string Ask = "select current_setting('idle_in_transaction_session_timeout')";

    [Fact]
    public async Task That_a_transaction_gives_up_when_it_stands_still_costs_no_round_trip()
    {
        Assert.Equal(["5s"], await migrated.ReadAsync(Ask, row => row.GetString(0)));

        using var sent = new CountedCommands();
        await migrated.ReadAsync(Ask, row => row.GetString(0));

        Assert.Equal(1, sent.Count);
    }

    [Fact]
    public async Task What_the_address_sets_for_its_sessions_stays_set()
    {
        await using var store = PostgresStore.Open($"{migrated.Schema.Uri}%20-c%20work_mem%3D1234kB", PostgresStore.ListenOff);

        var set = await store.TransactAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command("select current_setting('work_mem')");
                return (string?)await command.ExecuteScalarAsync(token);
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("1234kB", set);
    }
}
