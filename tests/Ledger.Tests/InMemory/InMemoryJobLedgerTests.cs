using PodEngine.Ledger.InMemory;
using PodEngine.Ledger.Tests.Behaviour;
using PodEngine.Queue;
using PodEngine.Queue.InMemory;

namespace PodEngine.Ledger.Tests.InMemory;

public sealed class InMemoryJobLedgerTests : JobLedgerSuite
{
    protected override Task<(IJobQueue Queue, IJobLedger Ledger)> OpenAsync()
    {
        var queue = new InMemoryJobQueue(Clock, Timings);
        return Task.FromResult<(IJobQueue, IJobLedger)>((queue, new InMemoryJobLedger(queue)));
    }

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
