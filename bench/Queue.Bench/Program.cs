using System.Text.Json;
using PodEngine.Queue.Bench;
using PodEngine.Queue.Bench.Roles;

// The bench itself, or one of the processes it starts: then the second argument is the settings, as JSON.
switch (args)
{
    case [RoleName.Work, var settings]:
        await BenchWorker.RunAsync(Settings(settings));
        return 0;
    case [RoleName.Produce, var settings]:
        await Producer.RunAsync(Settings(settings));
        return 0;
    case [RoleName.Host, var settings]:
        await BenchHost.RunAsync(Settings(settings));
        return 0;
    case [RoleName.Probe, var settings]:
        await PickupProbe.RunAsync(Settings(settings));
        return 0;
    default:
        try
        {
            return await Bench.RunAsync(BenchOptions.Read(args));
        }
        catch (FormatException wrong)
        {
            Console.Error.WriteLine($"bench-queue: {wrong.Message}");
            return 2;
        }
}

static RoleSettings Settings(string json) => JsonSerializer.Deserialize(json, RoleJson.Default.RoleSettings)!;
