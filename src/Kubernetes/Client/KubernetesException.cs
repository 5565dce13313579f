using System.Net;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Client;

/// <summary>The API server answered a request with a refusal; <see cref="Status"/> is its answer.</summary>
public sealed class KubernetesException : Exception
{
    internal KubernetesException(string call, KubernetesStatus status, TimeSpan? retryAfter = null)
        : base($"{call}: {status.Reason ?? "Refused"} ({status.Code}): {status.Message}")
    {
        Status = status;
        RetryAfter = retryAfter ?? (status.Details?.RetryAfterSeconds is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null);
    }

    /// <summary>The API server's answer; made up from the HTTP response where that was none.</summary>
    public KubernetesStatus Status { get; }

    /// <summary>How long the API server asks to wait before the next attempt.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Code => (HttpStatusCode)(Status.Code ?? 0);

    /// <summary>The object, or the kind, is not there; see <see cref="IsKindMissing"/>.</summary>
    public bool IsNotFound => Code == HttpStatusCode.NotFound;

    /// <summary>The API server does not serve the kind: its CRD is not installed or not established yet.</summary>
    public bool IsKindMissing => IsNotFound && Status.Details is null;

    /// <summary>Another version of the object was stored meanwhile, a precondition failed, or another manager owns an applied field.</summary>
    public bool IsConflict => (Code == HttpStatusCode.Conflict && !IsAlreadyExists) || IsOtherUid;

    /// <summary>A server-side apply met fields that others own; they are the fields of <see cref="FieldConflicts"/>.</summary>
    public bool IsFieldConflict => IsConflict && FieldConflicts.Any();

    /// <summary>An object of this name is there already.</summary>
    public bool IsAlreadyExists => Status.Reason == "AlreadyExists";

    /// <summary>The resource version asked for, or a continue token, is too old: list again.</summary>
    public bool IsExpired => Code == HttpStatusCode.Gone || Status.Reason is "Expired" or "Gone";

    /// <summary>The API server sheds load, or a budget is used up.</summary>
    public bool IsTooManyRequests => Code == HttpStatusCode.TooManyRequests;

    /// <summary>The API server, or what stands before it, cannot serve at the moment: nothing is wrong with the request.</summary>
    public bool IsOverloaded => IsTooManyRequests || Code == HttpStatusCode.ServiceUnavailable;

    /// <summary>The object breaks a rule of its schema; the faults are among the details' causes.</summary>
    public bool IsInvalid => Code == HttpStatusCode.UnprocessableEntity && !IsOtherUid;

    /// <summary>The credentials are not accepted.</summary>
    public bool IsUnauthorized => Code == HttpStatusCode.Unauthorized;

    /// <summary>The credentials lack the right.</summary>
    public bool IsForbidden => Code == HttpStatusCode.Forbidden;

    /// <summary>The namespace is being deleted: nothing can be created in it any more.</summary>
    public bool IsNamespaceTerminating => IsForbidden && Status.Details?.Causes?.Any(static cause => cause.Reason == "NamespaceTerminating") == true;

    /// <summary>The API server failed; the same request may succeed later.</summary>
    public bool IsServerError => (int)Code >= 500;

    /// <summary>A patch's uid is not the object's: built-in kinds answer that an immutable field is invalid, custom ones that there is a conflict.</summary>
    private bool IsOtherUid => Code == HttpStatusCode.UnprocessableEntity
        && Status.Details?.Causes?.Any(static cause => cause.Field == "metadata.uid") == true;

    /// <summary>The fields of a refused apply and who owns them.</summary>
    public IEnumerable<StatusCause> FieldConflicts => (Status.Details?.Causes ?? []).Where(static cause => cause.Reason == "FieldManagerConflict");
}
