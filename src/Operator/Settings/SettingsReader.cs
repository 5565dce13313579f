using System.Globalization;
using System.Text.RegularExpressions;

namespace PodEngine.Operator.Settings;

/// <summary>Reads <see cref="OperatorSettings"/> from environment variables and names every fault at once.</summary>
internal sealed partial class SettingsReader(Func<string, string?> variable)
{
    private readonly List<string> faults = [];

    /// <summary>The settings.</summary>
    /// <exception cref="SettingsException">At least one variable is missing or wrong.</exception>
    public static OperatorSettings Read(Func<string, string?> variable) => new SettingsReader(variable).Read();

    private OperatorSettings Read()
    {
        var settings = new OperatorSettings
        {
            DatabaseUrl = PostgresUrl("DATABASE_URL", isRequired: true) ?? "",
            DatabaseListenUrl = Text("DATABASE_LISTEN_URL") == "off" ? "off" : PostgresUrl("DATABASE_LISTEN_URL", isRequired: false),
            WatchNamespace = DnsLabel("WATCH_NAMESPACE"),
            PodNamespace = DnsLabel("POD_NAMESPACE"),
            PodName = Text("POD_NAME") ?? Environment.MachineName,
            WorkerImage = Text("WORKER_IMAGE"),
            WorkerDatabaseSecret = Text("WORKER_DATABASE_SECRET"),
            InstallationId = Uuid("INSTALLATION_ID"),
            MetricsUrl = ListenUrl("PODENGINE_METRICS_URL", "http://*:8080"),
            ProbesUrl = ListenUrl("PODENGINE_PROBES_URL", "http://*:8081"),
            JsonLogs = LogFormat(),
            JobRetention = Days("JOB_RETENTION_DAYS"),
            LogRetention = Days("LOG_RETENTION_DAYS"),
        };
        return faults.Count == 0 ? settings : throw new SettingsException(faults);
    }

    private string? Text(string name) => variable(name)?.Trim() is { Length: > 0 } text ? text : null;

    private string? PostgresUrl(string name, bool isRequired)
    {
        if (Text(name) is not { } text)
        {
            if (isRequired)
            {
                faults.Add($"{name} is not set; give the address of PostgreSQL, such as postgresql://user:password@host:5432/podengine.");
            }

            return null;
        }

        // The value holds a password: it is judged, never repeated.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgresql" or "postgres") || uri.AbsolutePath.Length < 2)
        {
            faults.Add($"{name} is not a PostgreSQL address; it must look like postgresql://user:password@host:5432/podengine.");
        }

        return text;
    }

    private string? DnsLabel(string name)
    {
        var text = Text(name);
        if (text is not null && !DnsLabelPattern().IsMatch(text))
        {
            faults.Add($"{name} is \"{text}\", which is not the name of a namespace.");
        }

        return text;
    }

    private Guid? Uuid(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty)
        {
            return id;
        }

        faults.Add($"{name} is \"{text}\", which is not a UUID; leave it out and the operator makes one and keeps it.");
        return null;
    }

    private string ListenUrl(string name, string fallback)
    {
        var text = Text(name) ?? fallback;
        if (!ListenUrlPattern().IsMatch(text))
        {
            faults.Add($"{name} is \"{text}\", which is not an address to listen on; it must look like http://*:8080.");
        }

        return text;
    }

    private TimeSpan Days(string name)
    {
        if (Text(name) is not { } text)
        {
            return TimeSpan.FromDays(30);
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < 1 or > 3650)
        {
            faults.Add($"{name} is \"{text}\"; it must be a number of days, 1–3650.");
        }

        return TimeSpan.FromDays(days);
    }

    private bool LogFormat()
    {
        var isInCluster = Text("KUBERNETES_SERVICE_HOST") is not null;
        switch (Text("LOG_FORMAT"))
        {
            case null:
                return isInCluster;
            case "json":
                return true;
            case "text":
                return false;
            case var text:
                faults.Add($"LOG_FORMAT is \"{text}\"; it must be json or text.");
                return isInCluster;
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex DnsLabelPattern();

    [GeneratedRegex(@"^http://[^\s/]+:\d{1,5}/?$")]
    private static partial Regex ListenUrlPattern();
}
