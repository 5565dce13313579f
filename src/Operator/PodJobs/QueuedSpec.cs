using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Queue;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.Rules;
using PodEngine.Resources.WorkerPools;
using PodEngine.Shared.Jobs;

namespace PodEngine.Operator.PodJobs;

/// <summary>
/// The spec of a PodJob as it was queued, for API servers that let anybody change what may not change: the queue keeps to what it was given first.
/// Not told from the queue's record: <c>retry</c>, <c>activeDeadlineSeconds</c>, <c>startAfterTime</c>, and inputs taken from a ConfigMap. Pure.
/// </summary>
internal static class QueuedSpec
{
    /// <summary>
    /// The changes since then that are not allowed, and so have no effect. None are told of a job that an operator of another version queued in a form this
    /// one cannot read.
    /// </summary>
    public static IReadOnlyList<SpecFault> IgnoredChanges(PodJob now, JobRecord known)
    {
        JobSnapshot snapshot;
        try
        {
            snapshot = JobSnapshotJson.Read(known.Arguments);
        }
        catch (JsonException)
        {
            return [];
        }

        return IgnoredChanges(now, known, snapshot);
    }

    private static IReadOnlyList<SpecFault> IgnoredChanges(PodJob now, JobRecord known, JobSnapshot snapshot)
    {
        var before = now.Spec with
        {
            WorkerPoolName = known.Queue.Pool,
            OnUnknownPurchase = snapshot.OnUnknownPurchase == UnknownPurchasePolicy.Fail ? OnUnknownPurchase.Fail : OnUnknownPurchase.RepeatOnce,
            Notify = snapshot.Notify,
            Design = snapshot.Work is DesignWork design ? Design(now.Spec.Design ?? new() { ProductTypes = [] }, design) : null,
            Execution = snapshot.Work is ExecutionWork execution ? Execution(now.Spec.Execution ?? new() { ModelName = "" }, execution) : null,
        };
        return [.. PodJobRules.Check(now, now with { Spec = before }).Except(PodJobRules.Check(now))];
    }

    private static DesignSpec Design(DesignSpec now, DesignWork queued) => now with
    {
        Prompt = queued.Brief.Prompt,
        Theme = Text(now.Theme, queued.Brief.Theme, DesignSpec.DefaultTheme),
        Style = Text(now.Style, queued.Brief.Style, DesignSpec.DefaultStyle),
        Niche = Text(now.Niche, queued.Brief.Niche, DesignSpec.DefaultNiche),
        Count = queued.Brief.Count,
        ProductTypes = [.. queued.Products.Select(static product => product.Type)],
        Platforms = Platforms(now.Platforms, [.. queued.Platforms.Select(static platform => platform.Name)]),
        Image = Image(now.Image, queued.Image),
        AutoPublish = queued.AutoPublish,
        Approval = now.Approval with
        {
            Mode = queued.Approval.Required ? ApprovalMode.Required : ApprovalMode.None,
            ExpireSeconds = queued.Approval.ExpireSeconds,
        },
    };

    private static ExecutionSpec Execution(ExecutionSpec now, ExecutionWork queued) => now with
    {
        ModelName = queued.ModelName,
        Consumer = queued.Consumer,
        Inputs = now.InputsFrom is not null || JsonNode.DeepEquals(now.Inputs ?? [], queued.Inputs) ? now.Inputs : queued.Inputs,
    };

    // What was left out and what is the default were queued alike: neither is a change of the other.
    private static string? Text(string? now, string queued, string fallback) => (now ?? fallback) == queued ? now : queued;

    private static IReadOnlyList<string>? Platforms(IReadOnlyList<string>? now, IReadOnlyList<string> queued) =>
        now is not { Count: > 0 } && queued is [PrintifySpec.PlatformName] ? now : queued;

    private static ImageSpec? Image(ImageSpec? now, ImageSettings queued)
    {
        var before = new ImageSpec
        {
            Width = queued.Width,
            Height = queued.Height,
            Steps = queued.Steps,
            CfgMilli = queued.CfgMilli,
            Seed = queued.Seed,
            Checkpoint = queued.Checkpoint,
            NegativePrompt = queued.NegativePrompt,
            WorkflowKey = queued.WorkflowKey,
        };
        return before == (now ?? new ImageSpec()) ? now : before;
    }
}
