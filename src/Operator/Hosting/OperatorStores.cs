using PodEngine.Ledger;
using PodEngine.Queue;
using PodEngine.Queue.Limits;
using PodEngine.Queue.Steering;

namespace PodEngine.Operator.Hosting;

/// <summary>The database as the operator uses it.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Steering">Its workers.</param>
/// <param name="Ledger">What jobs bought and made.</param>
/// <param name="Limits">What workers share of their providers' limits.</param>
/// <param name="Migrate">Brings the schema of both up to date; harmless when it is.</param>
/// <param name="Address">Host, port and database for messages, never the password.</param>
internal sealed record OperatorStores(
    IJobQueue Queue, IWorkerSteering Steering, IJobLedger Ledger, ISharedLimits Limits, Func<CancellationToken, Task> Migrate, string Address);
