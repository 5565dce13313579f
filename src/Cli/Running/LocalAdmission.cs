using PodEngine.Cli.Manifests;
using PodEngine.Resources.Admission;

namespace PodEngine.Cli.Running;

/// <summary>Admits every job of a set of manifests as the operator would, with an id of its own for each.</summary>
internal static class LocalAdmission
{
    /// <summary>The jobs in the order of their files, or every reason why some of them cannot run.</summary>
    public static (IReadOnlyList<AdmittedJob> Jobs, IReadOnlyList<string> Faults) Admit(ManifestSet manifests, Guid installationId)
    {
        var jobs = new List<AdmittedJob>();
        var faults = new List<string>();
        var seen = new HashSet<(string?, string?)>();
        foreach (var job in manifests.Jobs)
        {
            if (!seen.Add((job.Metadata.Namespace, job.Metadata.Name)))
            {
                faults.Add($"PodJob {job.Metadata.Name}: the manifests hold it twice in namespace '{job.Metadata.Namespace}'; give each job a name of its own");
                continue;
            }

            // Not the uid of a manifest that was read from a cluster: the job there is another one.
            var identified = job with { Metadata = job.Metadata with { Uid = Guid.NewGuid().ToString() } };
            switch (PodJobAdmission.Admit(identified, manifests.ReferencesOf(identified)))
            {
                case AdmissionOutcome.Admitted admitted:
                    jobs.Add(new AdmittedJob(identified, manifests.PoolOf(identified)!, admitted.Snapshot, JobRequests.New(identified, admitted.Snapshot, installationId)));
                    break;
                case AdmissionOutcome.Rejected rejected:
                    faults.AddRange(rejected.Faults.Select(fault => $"PodJob {job.Metadata.Name}: {fault.Code}: {fault}"));
                    break;
            }
        }

        return (jobs, faults);
    }
}
