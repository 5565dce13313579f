using System.Globalization;
using System.Text.Json;
using PodEngine.Queue;
using PodEngine.Shared.Pools;

namespace PodEngine.Worker.Settings;

/// <summary>Reads the environment, and names every fault in it at once.</summary>
public sealed class WorkerSettingsReader
{
    private readonly Func<string, string?> _read;
    private readonly List<string> _faults = [];

    private WorkerSettingsReader(Func<string, string?> read) => _read = read;

    /// <summary>The settings in an environment.</summary>
    /// <param name="read">A variable's value by its name; null when it is not set.</param>
    /// <exception cref="WorkerSettingsException">With all faults.</exception>
    public static WorkerSettings Read(Func<string, string?> read) => new WorkerSettingsReader(read).Read();

    private WorkerSettings Read()
    {
        var pool = Pool();
        var settings = new WorkerSettings
        {
            Pool = pool ?? new PoolSettings { InstallationId = Guid.Empty, Namespace = "", Pool = "" },
            Host = Value("POD_NAME") ?? Environment.MachineName,
            DatabaseUrl = DatabaseUrl(),
            DatabaseListenUrl = DatabaseListenUrl(),
            StoragePath = StoragePath(pool),
            CredentialsFolder = Folder("PODENGINE_CREDENTIALS_DIR"),
            ProbesUrl = ProbesUrl(),
            ClaudeModel = Value("CLAUDE_MODEL"),
            Timings = Timings(),
            ProviderCall = Seconds("PODENGINE_PROVIDER_CALL_SECONDS"),
            SettleMargin = Seconds("PODENGINE_SETTLE_MARGIN_SECONDS"),
            CrashAt = Value("PODENGINE_CRASH_AT"),
        };
        return _faults.Count == 0 ? settings : throw new WorkerSettingsException(_faults);
    }

    private PoolSettings? Pool()
    {
        if (Value(PoolSettings.EnvironmentVariable) is not { } text)
        {
            _faults.Add($"{PoolSettings.EnvironmentVariable} is not set. It is the pool as JSON, at least {{\"installationId\": \"<uuid>\", \"namespace\": \"default\", \"pool\": \"default\"}}.");
            return null;
        }

        try
        {
            var pool = PoolSettingsJson.Read(text);
            if (pool.Concurrency is < 1 or > PoolSettings.MaxConcurrency)
            {
                _faults.Add($"{PoolSettings.EnvironmentVariable}: concurrency is {pool.Concurrency}, 1 to {PoolSettings.MaxConcurrency} are allowed.");
            }

            return pool;
        }
        catch (JsonException fault)
        {
            _faults.Add($"{PoolSettings.EnvironmentVariable} cannot be read: {fault.Message}");
            return null;
        }
    }

    private string DatabaseUrl()
    {
        var url = Value("DATABASE_URL") ?? FromFile("PODENGINE_DATABASE_URL_FILE");
        if (url is null)
        {
            _faults.Add("DATABASE_URL is not set. Give it PostgreSQL's address, postgresql://user:password@host:5432/database, or name a file that holds it in PODENGINE_DATABASE_URL_FILE.");
            return "";
        }

        CheckAddress("DATABASE_URL", url);
        return url;
    }

    private string? DatabaseListenUrl()
    {
        const string name = "DATABASE_LISTEN_URL";
        var url = Value(name);
        if (url is not null and not "off")
        {
            CheckAddress(name, url);
        }

        return url;
    }

    /// <summary>The value holds a password: it is judged, never repeated.</summary>
    private void CheckAddress(string name, string url)
    {
        if (!url.StartsWith("postgresql://", StringComparison.Ordinal) && !url.StartsWith("postgres://", StringComparison.Ordinal))
        {
            _faults.Add($"{name} is not an address of PostgreSQL: it begins with postgresql://, as in postgresql://user:password@host:5432/database.");
        }
    }

    private string? FromFile(string name)
    {
        if (Value(name) is not { } path)
        {
            return null;
        }

        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } text ? text : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _faults.Add($"{name} names {path}, which cannot be read: {fault.Message}");
            return "postgresql:///";
        }
    }

    private string StoragePath(PoolSettings? pool)
    {
        if ((Value("PODENGINE_STORAGE_PATH") ?? pool?.Storage.FilesystemPath) is { } path)
        {
            return path;
        }

        if (pool is not null)
        {
            _faults.Add(pool.Storage.S3 is null
                ? "There is nowhere to keep pictures. Set storage.filesystemPath in the pool, or PODENGINE_STORAGE_PATH to a folder."
                : "This version keeps pictures in a folder only, not in S3. Set storage.filesystemPath in the pool, or PODENGINE_STORAGE_PATH to a folder.");
        }

        return "";
    }

    private string? Folder(string name)
    {
        var path = Value(name);
        if (path is not null && !Directory.Exists(path))
        {
            _faults.Add($"{name} names {path}, which is not a folder.");
        }

        return path;
    }

    private Uri ProbesUrl()
    {
        var text = Value("PODENGINE_PROBES_URL") ?? "http://0.0.0.0:8081";
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp)
        {
            return url;
        }

        _faults.Add($"PODENGINE_PROBES_URL is \"{text}\", which is not an address to listen on such as http://0.0.0.0:8081.");
        return new Uri("http://localhost");
    }

    private QueueTimings Timings()
    {
        var standard = new QueueTimings();
        var lease = Seconds("PODENGINE_LEASE_SECONDS") ?? standard.LeaseLength;
        var heartbeat = Seconds("PODENGINE_HEARTBEAT_SECONDS") ?? (lease < standard.LeaseLength ? lease * 0.3 : standard.HeartbeatInterval);
        if (heartbeat * 2 > lease)
        {
            _faults.Add($"PODENGINE_HEARTBEAT_SECONDS ({heartbeat.TotalSeconds:0.##}) must be at most half of PODENGINE_LEASE_SECONDS ({lease.TotalSeconds:0.##}).");
        }

        return standard with { LeaseLength = lease, HeartbeatInterval = heartbeat };
    }

    private TimeSpan? Seconds(string name)
    {
        if (Value(name) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        _faults.Add($"{name} is \"{text}\", which is not a number of seconds up to 86400.");
        return null;
    }

    private string? Value(string name) => _read(name)?.Trim() is { Length: > 0 } value ? value : null;
}
