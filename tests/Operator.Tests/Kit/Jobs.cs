using PodEngine.Kubernetes.Objects;
using PodEngine.Queue;
using PodEngine.Resources.PodJobs;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;

namespace PodEngine.Operator.Tests.Kit;

/// <summary>Jobs as the queue gives them, for the tests of pure functions.</summary>
internal static class Jobs
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Installation = Guid.Parse("11111111-1111-1111-1111-111111111111");
    private static readonly JobId Id = new(Guid.Parse("22222222-2222-2222-2222-222222222222"));

    public static JobRecord InState(JobState state) => new()
    {
        Id = Id,
        Queue = new QueueKey(Installation, "shop", "default"),
        Name = "cats",
        Generation = 2,
        State = state,
        Priority = 0,
        Arguments = JobSnapshotJson.Write(Snapshot),
        Attempts = 1,
        Rescues = 0,
        CreatedAt = Noon,
        QueuedAt = Noon,
    };

    public static JobSnapshot Snapshot { get; } = new()
    {
        Name = "cats",
        Namespace = "shop",
        Work = new DesignWork
        {
            Brief = new DesignBrief { Count = 3 },
            Products = [ProductCatalog.Default["tshirt"], ProductCatalog.Default["mug"]],
            Platforms = [new PlatformTarget("printify", 1)],
        },
    };

    public static PodJob PodJob(PodJobStatus? status = null) => new()
    {
        Metadata = new ObjectMeta { Name = "cats", Namespace = "shop", Uid = Id.ToString(), Generation = 2, ResourceVersion = "1" },
        Spec = new PodJobSpec { Design = new DesignSpec { ProductTypes = ["tshirt", "mug"], Count = 3 } },
        Status = status,
    };
}
