using System.Globalization;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Recording;
using PodEngine.Operator.PodJobs;
using PodEngine.Operator.Statuses;
using PodEngine.Resources;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.Rules;

namespace PodEngine.Operator.Recording;

/// <summary>Tells the turning points of a PodJob as events: taken on, rejected, ended. Two for a normal job.</summary>
internal sealed class PodJobEvents(EventRecorder recorder)
{
    /// <summary>Records what a status write means, if it is a turning point.</summary>
    public void Tell(ResourceKey key, string uid, StatusChange change)
    {
        if (!change.IsWritten)
        {
            return;
        }

        var wasFinished = Holds(change.Before, PodJobConditions.Finished);
        var isFinished = Holds(change.After, PodJobConditions.Finished);
        var wasAccepted = Holds(change.Before, PodJobConditions.Accepted);
        if (isFinished && !wasFinished)
        {
            End(key, uid, change.After);
        }
        else if (!isFinished && Holds(change.After, PodJobConditions.Accepted) && (!wasAccepted || wasFinished))
        {
            Record(key, uid, EventType.Normal, EventReasons.Queued, "Enqueue", wasFinished ? "Queued once more." : MessageOf(change.After, PodJobConditions.Accepted));
        }
        else if (Holds(change.After, PodJobConditions.Stalled)
            && MessageOf(change.Before, PodJobConditions.Accepted) != MessageOf(change.After, PodJobConditions.Accepted))
        {
            Record(key, uid, EventType.Warning, EventReasons.Rejected, "Admit", MessageOf(change.After, PodJobConditions.Accepted));
        }
    }

    /// <summary>Records changes that have no effect; does nothing where there are none.</summary>
    public void TellIgnored(ResourceKey key, string uid, IReadOnlyList<SpecFault> changes)
    {
        if (changes.Count > 0)
        {
            Record(key, uid, EventType.Warning, EventReasons.ChangeIgnored, "Change", $"The job goes on as it was queued: {ConditionMessage.Of(changes)}");
        }
    }

    private void End(ResourceKey key, string uid, PodJobStatus status)
    {
        var (type, reason) = status.Phase switch
        {
            PodJobPhase.Completed => (EventType.Normal, EventReasons.Completed),
            PodJobPhase.Failed => (EventType.Warning, EventReasons.Failed),
            _ => (EventType.Normal, EventReasons.Cancelled),
        };
        var message = MessageOf(status, PodJobConditions.Finished);
        var note = reason == EventReasons.Failed ? $"{status.Reason}: {message}"
            : status.Progress is { ImagesTotal: not null } done
                ? string.Create(CultureInfo.InvariantCulture, $"{message} {done.ImagesDone} of {done.ImagesTotal} pictures, {done.ProductsDone} of {done.ProductsTotal} products.")
                : message;
        Record(key, uid, type, reason, "Run", note);
    }

    private void Record(ResourceKey key, string uid, EventType type, string reason, string action, string note) => recorder.Record(
        new ObjectReference { ApiVersion = ResourceGroup.ApiVersion, Kind = "PodJob", Namespace = key.Namespace, Name = key.Name, Uid = uid },
        type, reason, action, note);

    private static bool Holds(PodJobStatus? status, string condition) => Conditions.IsTrue(status?.Conditions, condition);

    private static string MessageOf(PodJobStatus? status, string condition) => Conditions.Find(status?.Conditions, condition)?.Message ?? "";
}
