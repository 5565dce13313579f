namespace PodEngine.Resources.PodJobs;

/// <summary>A design job: either a finished <see cref="Prompt"/>, or <see cref="Theme"/>, <see cref="Style"/> and <see cref="Niche"/> for the prompt writer.</summary>
public sealed record DesignSpec
{
    /// <summary>The theme where neither it nor a prompt is given.</summary>
    public const string DefaultTheme = "general";

    /// <summary>The style where neither it nor a prompt is given.</summary>
    public const string DefaultStyle = "modern";

    /// <summary>The niche where neither it nor a prompt is given.</summary>
    public const string DefaultNiche = "general audience";

    /// <summary>A finished image prompt, 1 to 4000 characters; excludes theme, style and niche.</summary>
    public string? Prompt { get; init; }

    /// <summary>What the designs are about, at most 200 characters; null means <see cref="DefaultTheme"/> where there is no prompt.</summary>
    public string? Theme { get; init; }

    /// <summary>How they shall look, at most 200 characters; null means <see cref="DefaultStyle"/> where there is no prompt.</summary>
    public string? Style { get; init; }

    /// <summary>Whom they are for, at most 200 characters; null means <see cref="DefaultNiche"/> where there is no prompt.</summary>
    public string? Niche { get; init; }

    /// <summary>1 to 8 names of the pool's catalogue, each once.</summary>
    public required IReadOnlyList<string> ProductTypes { get; init; }

    /// <summary>Designs to make, or pictures of the prompt, 1 to 100; default 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Publish every product made; default false.</summary>
    public bool AutoPublish { get; init; }

    /// <summary>At most 16 names of the pool's platforms, each once; null or empty means the pool's own shop.</summary>
    public IReadOnlyList<string>? Platforms { get; init; }

    /// <summary>How the pictures are drawn; null leaves it all to the workflow.</summary>
    public ImageSpec? Image { get; init; }

    /// <summary>Whether a person looks at the pictures first.</summary>
    public ApprovalSpec Approval { get => field ?? new(); init; }
}
