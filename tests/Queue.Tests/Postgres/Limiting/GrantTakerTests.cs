using PodEngine.Queue.Limits;

namespace PodEngine.Queue.Tests.Postgres.Limiting;

public sealed class GrantTakerTests(MigratedStore migrated) : AcrossProcesses(migrated), IClassFixture<MigratedStore>
{
    private static readonly RateLimit Limit = new(100, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task A_grant_is_one_round_trip()
    {
        var process = Process(Migrated.Clock);
        Assert.True(await process.IsGrantedAsync(Key("asked"), Limit));

        using var sent = new CountedCommands();
        Assert.True(await process.IsGrantedAsync(Key("asked"), Limit));

        Assert.Equal(1, sent.Count);
        Assert.Equal([1, 1], await BlocksAsync("asked"));
    }
}
