using PodEngine.Api.Probes;
using PodEngine.Api.Settings;
using PodEngine.Queue.Postgres.Connecting;

var (settings, faults) = ApiSettings.Read(Environment.GetEnvironmentVariable);
if (settings is null)
{
    await Console.Error.WriteLineAsync($"The API cannot start:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Select(fault => $"  - {fault}"))}");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls(settings.ListenUrl);
await using var app = builder.Build();
await using var store = PostgresStore.Open(settings.DatabaseUrl);
new StoreProbe(store).Map(app);
await app.RunAsync();
return 0;
