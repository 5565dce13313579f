using PodEngine.Worker.Settings;

namespace PodEngine.Worker.Tests.Settings;

/// <summary>What a worker makes of its environment.</summary>
public sealed class WorkerSettingsReaderTests
{
    private const string Pool = """{"installationId":"33333333-3333-4333-8333-333333333333","namespace":"default","pool":"default","storage":{"filesystemPath":"/pictures"}}""";

    [Fact]
    public void A_pool_and_a_database_are_enough()
    {
        var settings = Read(("PODENGINE_POOL_SETTINGS", Pool), ("DATABASE_URL", "postgresql://u@h/d"));

        Assert.Equal("default", settings.Pool.Pool);
        Assert.Equal("/pictures", settings.StoragePath);
        Assert.Equal(new Uri("http://0.0.0.0:8081"), settings.ProbesUrl);
        Assert.Equal(TimeSpan.FromSeconds(10), settings.Timings.LeaseLength);
    }

    [Fact]
    public void A_worker_in_a_pod_goes_by_the_name_of_the_pod() => Assert.Equal(
        "default-workers-1", Read(("PODENGINE_POOL_SETTINGS", Pool), ("DATABASE_URL", "postgresql://u@h/d"), ("POD_NAME", "default-workers-1")).Host);

    [Fact]
    public void Every_fault_is_named_at_once_with_its_variable()
    {
        var fault = Assert.Throws<WorkerSettingsException>(() => Read(
            ("DATABASE_URL", "Host=h;Username=u"), ("PODENGINE_PROBES_URL", "8081"), ("PODENGINE_LEASE_SECONDS", "soon"), ("PODENGINE_CREDENTIALS_DIR", "/no/such/folder")));

        Assert.Equal(5, fault.Faults.Count);
        foreach (var name in (string[])["PODENGINE_POOL_SETTINGS", "DATABASE_URL", "PODENGINE_PROBES_URL", "PODENGINE_LEASE_SECONDS", "PODENGINE_CREDENTIALS_DIR"])
        {
            Assert.Contains(fault.Faults, text => text.StartsWith(name, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("Username", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_without_a_place_for_pictures_is_refused_and_the_variable_helps()
    {
        var pool = """{"installationId":"33333333-3333-4333-8333-333333333333","namespace":"default","pool":"default"}""";
        var fault = Assert.Throws<WorkerSettingsException>(() => Read(("PODENGINE_POOL_SETTINGS", pool), ("DATABASE_URL", "postgresql://u@h/d")));
        Assert.Contains("PODENGINE_STORAGE_PATH", Assert.Single(fault.Faults), StringComparison.Ordinal);

        var settings = Read(("PODENGINE_POOL_SETTINGS", pool), ("DATABASE_URL", "postgresql://u@h/d"), ("PODENGINE_STORAGE_PATH", "/elsewhere"));
        Assert.Equal("/elsewhere", settings.StoragePath);
    }

    [Fact]
    public async Task The_database_may_be_named_by_a_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "postgresql://u@h/d\n", TestContext.Current.CancellationToken);
        try
        {
            Assert.Equal("postgresql://u@h/d", Read(("PODENGINE_POOL_SETTINGS", Pool), ("PODENGINE_DATABASE_URL_FILE", file)).DatabaseUrl);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("postgresql://u@direct:5433/d")]
    [InlineData("off")]
    public void Notifications_may_take_a_way_of_their_own_around_a_pooler_or_be_off(string listen)
    {
        Assert.Equal(listen, Read(("PODENGINE_POOL_SETTINGS", Pool), ("DATABASE_URL", "postgresql://u@h/d"), ("DATABASE_LISTEN_URL", listen)).DatabaseListenUrl);

        Assert.Null(Read(("PODENGINE_POOL_SETTINGS", Pool), ("DATABASE_URL", "postgresql://u@h/d")).DatabaseListenUrl);
        var fault = Assert.Throws<WorkerSettingsException>(() => Read(
            ("PODENGINE_POOL_SETTINGS", Pool), ("DATABASE_URL", "postgresql://u@h/d"), ("DATABASE_LISTEN_URL", "Host=direct;Password=secret")));
        Assert.StartsWith("DATABASE_LISTEN_URL", Assert.Single(fault.Faults), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(5000, true)]
    [InlineData(5001, false)]
    public void A_worker_takes_as_many_jobs_at_a_time_as_a_pool_may_ask_for(int concurrency, bool isAllowed)
    {
        var pool = $"{Pool[..^1]},\"concurrency\":{concurrency}}}";
        WorkerSettings Reading() => Read(("PODENGINE_POOL_SETTINGS", pool), ("DATABASE_URL", "postgresql://u@h/d"));

        if (isAllowed)
        {
            Assert.Equal(concurrency, Reading().Pool.Concurrency);
        }
        else
        {
            Assert.Contains("1 to 5000", Assert.Single(Assert.Throws<WorkerSettingsException>(Reading).Faults), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_credential_file_goes_before_the_variable_and_is_read_again_when_it_changes()
    {
        var folder = Directory.CreateTempSubdirectory("pod-engine-credentials-");
        try
        {
            var credentials = new CredentialSource(folder.FullName, name => name == "ANTHROPIC_API_KEY" ? "variable" : null);
            Assert.Equal("variable", credentials.Claude());
            Assert.Null(credentials.Printify());

            var file = Path.Combine(folder.FullName, "CLAUDE_API_KEY");
            await File.WriteAllTextAsync(file, "first\n", TestContext.Current.CancellationToken);
            Assert.Equal("first", credentials.Claude());
            await File.WriteAllTextAsync(file, "rotated", TestContext.Current.CancellationToken);
            Assert.Equal("rotated", credentials.Claude());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static WorkerSettings Read(params (string Name, string Value)[] environment) =>
        WorkerSettingsReader.Read(name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}
