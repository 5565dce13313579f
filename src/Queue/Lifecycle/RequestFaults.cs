namespace PodEngine.Queue.Lifecycle;

/// <summary>Refuses requests no store could keep, naming everything that is wrong at once.</summary>
internal static class RequestFaults
{
    public static void ThrowIfAny(IReadOnlyList<JobRequest> requests)
    {
        var faults = requests.SelectMany(request => Of(request).Select(fault => $"Job {request.Id}: {fault}")).ToList();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(requests));
        }
    }

    private static IEnumerable<string> Of(JobRequest request)
    {
        if (request.Name.Length is 0 or > 253)
        {
            yield return $"the name has {request.Name.Length} characters, 1–253 are allowed.";
        }

        if (request.Queue.Namespace.Length is 0 or > 253 || request.Queue.Pool.Length is 0 or > 253)
        {
            yield return $"namespace and pool have 1–253 characters each, not '{request.Queue.Namespace}' and '{request.Queue.Pool}'.";
        }

        if (request.LimitKey is { Length: 0 or > 253 })
        {
            yield return $"the limit key has {request.LimitKey.Length} characters, 1–253 are allowed, or null for none.";
        }

        foreach (var (field, _) in Texts(request).Where(text => text.Value?.Contains('\0', StringComparison.Ordinal) is true))
        {
            yield return $"the {field} must not contain the character U+0000.";
        }

        if (request.Generation < 1)
        {
            yield return $"the generation is {request.Generation}, it starts at 1.";
        }

        if (request.Priority is < -1000 or > 1000)
        {
            yield return $"the priority is {request.Priority}, −1000…1000 is allowed.";
        }

        if (request.Retry.MaxRetries is < 0 or > 100)
        {
            yield return $"maxRetries is {request.Retry.MaxRetries}, 0–100 is allowed.";
        }

        if (request.Retry.Delay < TimeSpan.Zero || request.Retry.MaxDelay < TimeSpan.Zero)
        {
            yield return "retry delays are not negative.";
        }

        if (request.ActiveDeadline <= TimeSpan.Zero)
        {
            yield return $"the active deadline is {request.ActiveDeadline}, it must be longer than nothing.";
        }
    }

    private static IEnumerable<(string Field, string? Value)> Texts(JobRequest request) =>
    [
        ("name", request.Name),
        ("namespace", request.Queue.Namespace),
        ("pool", request.Queue.Pool),
        ("limit key", request.LimitKey),
        ("retry token", request.RetryToken),
        ("arguments", request.Arguments),
    ];
}
