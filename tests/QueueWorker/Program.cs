using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using PodEngine.Queue;
using PodEngine.Queue.Postgres;
using PodEngine.Queue.Postgres.Connecting;
using PodEngine.QueueWorker.Recording;
using PodEngine.QueueWorker.Running;

// Shows both clocks: how long a blocking wait of 500 ms took by the monotonic one, and what the wall clock says.
var watch = Stopwatch.StartNew();
using (var never = new ManualResetEventSlim())
{
    never.Wait(500);
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"waited {watch.ElapsedMilliseconds} ms; wall clock {TimeProvider.System.GetUtcNow():O}"));

var settings = WorkerSettings.Read();
using var stopping = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stopping.Cancel();
});
await using var store = PostgresStore.Open(settings.DatabaseUrl, settings.ListenUrl);
await using var queue = new PostgresJobQueue(store, settings.Timings);
var held = new ConcurrentDictionary<JobLease, HeldLease>();
using var silence = new CancellationTokenSource();
var beating = new HeartbeatLoop(settings, queue, held).RunAsync(silence.Token);
_ = Defect.Fatal(beating);
await new ClaimLoop(settings, queue, new HistoryWriter(store, settings.WorkerId), held).RunAsync(stopping.Token);
await silence.CancelAsync();
await beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
await queue.DeregisterAsync(settings.WorkerId, CancellationToken.None);
Console.WriteLine("left");
