using System.CommandLine;
using PodEngine.Cli;
using PodEngine.Cli.Manifests;
using PodEngine.Cli.Migrating;
using PodEngine.Cli.Running;

var files = new Option<string[]>("--file", "-f") { Description = "A file or folder of manifests; may be given again.", Required = true };
var simulate = new Option<bool>("--simulate") { Description = "Simulate every outside service in this process: no keys, nothing is bought." };
var outFolder = new Option<string>("--out", "-o") { Description = "Where pictures and the contact sheet are put.", DefaultValueFactory = _ => "out" };

var run = new Command("run", "Run the PodJobs of some manifests to their end in this process, without a cluster.") { files, simulate, outFolder };
run.SetAction((arguments, cancellationToken) => Guarded(new RunCommand(Console.Out, Console.Error, TimeProvider.System).RunAsync(
    new RunOptions(arguments.GetRequiredValue(files), arguments.GetValue(simulate), arguments.GetRequiredValue(outFolder)), cancellationToken)));

var validate = new Command("validate", "Check manifests as the API server would, all faults at once.") { files };
validate.SetAction((arguments, cancellationToken) =>
    Guarded(new ValidateCommand(Console.Out, Console.Error).RunAsync(arguments.GetRequiredValue(files), cancellationToken)));

var migrate = new Command("migrate", "Bring the database of DATABASE_URL to what this version needs.");
migrate.SetAction((_, cancellationToken) => Guarded(new MigrateCommand(Console.Out, Console.Error, Environment.GetEnvironmentVariable).RunAsync(cancellationToken)));

var root = new RootCommand("Pod Engine: print-on-demand automation.") { run, validate, migrate };
var parsed = root.Parse(args);

// Longer than a run takes to let its workers hand their jobs back.
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });
return parsed.Errors.Count > 0 ? ExitCodes.BadInput : code;

static async Task<int> Guarded(Task<int> command)
{
    try
    {
        return await command;
    }
    catch (OperationCanceledException)
    {
        await Console.Error.WriteLineAsync("Interrupted.");
        return ExitCodes.Interrupted;
    }
}
