using System.Text.Json.Nodes;
using PodEngine.Resources.PodJobs;

namespace PodEngine.Resources.Rules;

/// <summary>The rules of a PodJob that a schema cannot state, as the API server evaluates them by CEL; older ones do not.</summary>
public static class PodJobRules
{
    /// <summary>Every rule that <paramref name="job"/> breaks, and, where it replaces <paramref name="old"/>, every change that is not allowed.</summary>
    public static IReadOnlyList<SpecFault> Check(PodJob job, PodJob? old = null)
    {
        var check = new RuleCheck();
        var spec = job.Spec;
        check.Require(spec.Design is null != spec.Execution is null, "podJob.oneArm", "spec");
        check.Require(spec.Retry.DelaySeconds <= spec.Retry.MaxDelaySeconds, "podJob.retry.delayOrder", "spec.retry.delaySeconds");
        if (spec.Design is { } design)
        {
            CheckDesign(check, design);
        }

        if (spec.Execution is { } execution)
        {
            check.Require(execution.Inputs is null || execution.InputsFrom is null, "podJob.execution.oneSource", "spec.execution.inputsFrom");
        }

        if (old is not null)
        {
            CheckChange(check, spec, old.Spec);
        }

        return check.Faults;
    }

    private static void CheckDesign(RuleCheck check, DesignSpec design)
    {
        check.Require(
            design.Prompt is null || (design.Theme is null && design.Style is null && design.Niche is null),
            "podJob.design.promptOrTheme",
            "spec.design.prompt");
        check.Require(
            design.Image?.Seed is not { } seed || seed + design.Count <= 1L << 53,
            "podJob.design.seedRoom",
            "spec.design.image.seed");
        check.Require(
            design.Approval.Decision is null || design.Approval.Mode == ApprovalMode.Required,
            "podJob.design.approval.decisionNeedsMode",
            "spec.design.approval.decision");
    }

    private static void CheckChange(RuleCheck check, PodJobSpec now, PodJobSpec before)
    {
        check.Require(
            now.Design is null == before.Design is null && now.Execution is null == before.Execution is null,
            "podJob.armFixed",
            "spec");
        check.Require(!before.Cancel || now.Cancel, "podJob.cancelOneWay", "spec.cancel");
        check.Fixed(now.WorkerPoolName, before.WorkerPoolName, "podJob.workerPoolName.fixed", "spec.workerPoolName");
        check.Fixed(now.Retry, before.Retry, "podJob.retry.fixed", "spec.retry");
        check.Fixed(now.ActiveDeadlineSeconds, before.ActiveDeadlineSeconds, "podJob.activeDeadlineSeconds.fixed", "spec.activeDeadlineSeconds");
        check.Fixed(now.StartAfterTime, before.StartAfterTime, "podJob.startAfterTime.fixed", "spec.startAfterTime");
        check.Fixed(now.OnUnknownPurchase, before.OnUnknownPurchase, "podJob.onUnknownPurchase.fixed", "spec.onUnknownPurchase");
        check.Fixed(now.Notify, before.Notify, "podJob.notify.fixed", "spec.notify");
        if (now.Design is { } design && before.Design is { } designBefore)
        {
            CheckDesignChange(check, design, designBefore);
        }

        if (now.Execution is { } execution && before.Execution is { } executionBefore)
        {
            check.Require(Same(execution, executionBefore), "podJob.execution.fixed", "spec.execution");
        }
    }

    private static void CheckDesignChange(RuleCheck check, DesignSpec now, DesignSpec before)
    {
        check.Fixed(now.Prompt, before.Prompt, "podJob.design.prompt.fixed", "spec.design.prompt");
        check.Fixed(now.Theme, before.Theme, "podJob.design.theme.fixed", "spec.design.theme");
        check.Fixed(now.Style, before.Style, "podJob.design.style.fixed", "spec.design.style");
        check.Fixed(now.Niche, before.Niche, "podJob.design.niche.fixed", "spec.design.niche");
        check.Fixed(now.ProductTypes, before.ProductTypes, "podJob.design.productTypes.fixed", "spec.design.productTypes");
        check.Fixed(now.Count, before.Count, "podJob.design.count.fixed", "spec.design.count");
        check.Fixed(now.AutoPublish, before.AutoPublish, "podJob.design.autoPublish.fixed", "spec.design.autoPublish");
        check.Fixed(now.Platforms, before.Platforms, "podJob.design.platforms.fixed", "spec.design.platforms");
        check.Fixed(now.Image, before.Image, "podJob.design.image.fixed", "spec.design.image");
        check.Fixed(now.Approval.Mode, before.Approval.Mode, "podJob.design.approval.mode.fixed", "spec.design.approval.mode");
        check.Fixed(now.Approval.ExpireSeconds, before.Approval.ExpireSeconds, "podJob.design.approval.expireSeconds.fixed", "spec.design.approval.expireSeconds");
        check.Require(
            before.Approval.Decision is null || now.Approval.Decision == before.Approval.Decision,
            "podJob.design.approval.decisionOnce",
            "spec.design.approval.decision");
    }

    private static bool Same(ExecutionSpec now, ExecutionSpec before) =>
        JsonNode.DeepEquals(now.Inputs, before.Inputs) && now with { Inputs = null } == before with { Inputs = null };
}
