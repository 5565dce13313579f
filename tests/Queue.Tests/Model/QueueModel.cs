namespace PodEngine.Queue.Tests.Model;

/// <summary>
/// Everything that may happen to a queue with a few jobs and a few workers: in any order, with any process frozen or dead at any moment, with every
/// message late or lost.
/// </summary>
/// <param name="bounds">How many jobs and workers.</param>
/// <param name="bug">What the store leaves out.</param>
internal sealed class QueueModel(ModelBounds bounds, PlantedBug bug = PlantedBug.None)
{
    private readonly ModelStore _store = new(bounds, bug);

    /// <summary>Visits every state, from all jobs queued and all workers registered.</summary>
    public SearchResult Search()
    {
        var keys = new StateKeys();
        var search = new StateSearch<ModelState>(Steps, keys.Of, ModelPromises.Broken, state => state.Jobs.All(job => job.Standing.IsFinished));
        return search.Run(new ModelState(
            [.. Enumerable.Range(0, bounds.Jobs).Select(_store.Accept)], [], [.. Enumerable.Repeat(new ModelWorker(Heard: true, []), bounds.Workers)], []));
    }

    private IEnumerable<ModelStep<ModelState>> Steps(ModelState state) =>
        Enumerable.Range(0, bounds.Workers).SelectMany(worker => WorkerSteps.Of(_store, state, worker, mayStray: bounds.Strays && state.Stray is null))
            .Concat(StraySteps(state))
            .Concat(RescuerSteps(state))
            .Concat(Enumerable.Range(0, bounds.Jobs).SelectMany(job => JobSteps(state, job)))
            .Select(step => step with { After = CanonicalForm.Of(step.After, countsRescues: bounds.Rescues is not null) });

    /// <summary>What a dead process has sent arrives after all, or never.</summary>
    private IEnumerable<ModelStep<ModelState>> StraySteps(ModelState state)
    {
        if (state.Stray is { } stray)
        {
            var (after, accepted) = _store.Receive(state with { Stray = null }, stray);
            yield return new($"{stray} of the dead process arrives and is {(accepted ? "accepted" : "refused")}", after);
            yield return new($"{stray} of the dead process is lost on its way", state with { Stray = null });
        }
    }

    private IEnumerable<ModelStep<ModelState>> RescuerSteps(ModelState state)
    {
        if (bug is PlantedBug.NoRescue)
        {
            yield break;
        }

        if (state.Rescuing.IsEmpty)
        {
            yield return new("the rescuer reads the leases of silent workers", ModelStore.LookForSilence(state));
            yield break;
        }

        yield return new("the rescuer takes their jobs", _store.TakeFromSilent(state));
        yield return new("the rescuer's connection breaks", state with { Rescuing = [] });
    }

    private static IEnumerable<ModelStep<ModelState>> JobSteps(ModelState state, int job)
    {
        if (state.Jobs[job].Standing is { IsFinished: false, StopReason: null })
        {
            yield return new($"{Name.Job(job)} is cancelled", ModelStore.Cancel(state, job));
        }

        if (state.Jobs[job].Standing.IsDeferred)
        {
            yield return new($"{Name.Job(job)} falls due", ModelStore.FallDue(state, job));
        }
    }
}
