using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Claude;

/// <summary>Checks of authentication and version (https://platform.claude.com/docs/en/api/versioning).</summary>
internal static class ClaudeHeaders
{
    public const string NewVersion = "2026-10-21";

    private const string OldVersion = "2023-06-01";

    /// <summary>Status and message of the first fault; a null message when the headers are right.</summary>
    public static (int Status, string? Fault) Check(HttpRequest request, ClaudeKnobs knobs)
    {
        var (key, _) = ReadKey(request, knobs);
        if (string.IsNullOrWhiteSpace(key))
        {
            return (401, "x-api-key header is required");
        }

        if (knobs.ApiKey is not null && knobs.ApiKey != key)
        {
            return (401, "invalid x-api-key");
        }

        return request.Headers["anthropic-version"].ToString() switch
        {
            OldVersion or NewVersion => (200, null),
            "" => (400, "anthropic-version: header is required"),
            var other => (400, $"anthropic-version: \"{other}\" is not a valid version"),
        };
    }

    /// <summary>The key sent and the header it came in.</summary>
    public static (string? Key, string Header) ReadKey(HttpRequest request, ClaudeKnobs knobs)
    {
        if (request.Headers["x-api-key"] is [{ } key])
        {
            return (key, "x-api-key");
        }

        const string scheme = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        return knobs.AcceptsBearer && authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? (authorization[scheme.Length..].Trim(), "authorization")
            : (null, "");
    }
}
