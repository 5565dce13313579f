using System.ComponentModel.DataAnnotations;

namespace PodEngine.Kubernetes.Client;

/// <summary>Limits of the client.</summary>
public sealed class KubernetesClientOptions
{
    /// <summary>Time for one call with all its repeats; 30 s by default. A watch has it for its opening alone.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Objects per page of a list; 500 by default, as kubectl asks for.</summary>
    [Range(1, 5000)]
    public int PageSize { get; set; } = 500;

    /// <summary>How often a call turned away with 429, or a read that met 500, 502, 503 or 504, is repeated; 4 by default.</summary>
    [Range(0, 10)]
    public int MaxRepeats { get; set; } = 4;

    /// <summary>The longest <c>Retry-After</c> that is waited for inside a call; 10 s by default. A longer one is the caller's.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How the client names itself; shows in the API server's audit log.</summary>
    [Required]
    public string UserAgent { get; set; } = "podengine";

    /// <summary>Whose the fields written by create and patch are; null lets the API server take the user agent.</summary>
    public string? FieldManager { get; set; }
}
