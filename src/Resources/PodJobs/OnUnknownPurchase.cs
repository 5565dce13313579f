namespace PodEngine.Resources.PodJobs;

/// <summary>What to do when nobody can tell whether a paid call was carried out.</summary>
public enum OnUnknownPurchase
{
    /// <summary>Make it once more and count it in <c>status.cost.repeated</c>.</summary>
    RepeatOnce,

    /// <summary>End the job with code <c>PurchaseUnknown</c>.</summary>
    Fail,
}
