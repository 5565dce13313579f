using PodEngine.Worker.Hosting;
using PodEngine.Worker.Settings;

var builder = WebApplication.CreateSlimBuilder(args);
WorkerSettings settings;
try
{
    settings = WorkerSettingsReader.Read(name => builder.Configuration[name]);
}
catch (WorkerSettingsException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}

builder.WebHost.UseUrls(settings.ProbesUrl.ToString());
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
await using var app = builder.Build();
WorkerProcess worker;
try
{
    worker = new WorkerProcess(settings, name => app.Configuration[name], TimeProvider.System, app.Services.GetRequiredService<ILoggerFactory>());
}
catch (FormatException unreadable)
{
    await Console.Error.WriteLineAsync($"The worker cannot start: {unreadable.Message}");
    return 2;
}

await using var owned = worker;
app.MapProbes(worker.Host);
try
{
    await app.StartAsync();
}
catch (IOException taken)
{
    await Console.Error.WriteLineAsync($"The worker cannot start: PODENGINE_PROBES_URL {settings.ProbesUrl} cannot be listened on ({taken.Message}). Give each worker of one machine its own.");
    return 2;
}

// SIGTERM and SIGINT end the host's life; the probes answer until the jobs are handed back.
await worker.Host.RunAsync(app.Lifetime.ApplicationStopping);
await app.StopAsync();
return 0;
