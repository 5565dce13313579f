using PodEngine.Resources.PodJobs;
using PodEngine.Resources.Rules;
using PodEngine.Resources.WorkerPools;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;

namespace PodEngine.Resources.Admission;

/// <summary>
/// Decides whether a PodJob can be queued: a pure function, the same in the operator, the API and standalone. What it resolves is kept in the
/// snapshot, so that later edits of the pool, its catalogue, the model or the endpoint never change a job that is queued. It relies on the schema
/// having been enforced, by the API server or by <see cref="Manifests.ManifestValidator"/>, and evaluates the rules across fields itself, because
/// old API servers do not.
/// </summary>
public static class PodJobAdmission
{
    /// <summary>Admits <paramref name="job"/>, or rejects it with every reason there is.</summary>
    public static AdmissionOutcome Admit(PodJob job, AdmissionReferences references)
    {
        List<AdmissionFault> faults =
            [.. PodJobRules.Check(job).Select(static fault => new AdmissionFault(FaultCodes.InputInvalid, fault.Field, fault.Message))];
        if (references.Pool is null)
        {
            faults.Add(new AdmissionFault(
                FaultCodes.PoolNotFound,
                "spec.workerPoolName",
                $"there is no worker pool '{job.Spec.WorkerPoolName}' in namespace '{NamespaceOf(job)}'; create it, or apply the job with the name of another one"));
        }
        else
        {
            CheckWebhook(job.Spec, references.Pool, faults);
        }

        // Both arms at once are a fault already; each is still checked, so that all reasons are seen together.
        var design = job.Spec.Design is { } designSpec ? DesignAdmission.Admit(designSpec, references, faults) : null;
        var execution = job.Spec.Execution is { } executionSpec ? ExecutionAdmission.Admit(executionSpec, NamespaceOf(job), references, faults) : null;
        return faults.Count > 0 || (design ?? (JobWork?)execution) is not { } work
            ? new AdmissionOutcome.Rejected(faults)
            : new AdmissionOutcome.Admitted(new JobSnapshot
            {
                Name = job.Metadata.Name ?? "",
                Namespace = NamespaceOf(job),
                Work = work,
                OnUnknownPurchase = job.Spec.OnUnknownPurchase == OnUnknownPurchase.Fail ? UnknownPurchasePolicy.Fail : UnknownPurchasePolicy.RepeatOnce,
                Notify = job.Spec.Notify,
            });
    }

    private static string NamespaceOf(PodJob job) => job.Metadata.Namespace ?? "default";

    private static void CheckWebhook(PodJobSpec spec, WorkerPool pool, List<AdmissionFault> faults)
    {
        var webhooks = pool.Spec.Providers.Webhooks ?? [];
        if (spec.Notify is { } name && webhooks.All(each => each.Name != name))
        {
            faults.Add(new AdmissionFault(
                FaultCodes.WebhookUnknown,
                "spec.notify",
                $"worker pool '{spec.WorkerPoolName}' has no webhook '{name}'; {Wording.List("it has", webhooks.Select(static each => each.Name))}"));
        }
    }
}
