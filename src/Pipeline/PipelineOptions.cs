using PodEngine.Pipeline.Purchases;

namespace PodEngine.Pipeline;

/// <summary>Bounds of the design pipeline.</summary>
public sealed record PipelineOptions
{
    /// <summary>Pictures of one job drawn and stored at a time; default 4.</summary>
    public int PicturesAtATime { get; init; } = 4;

    /// <summary>Pictures of one job that are made into products at a time; default 4.</summary>
    public int ProductsAtATime { get; init; } = 4;

    /// <summary>Added to a call's deadline before anybody looks it up or repeats it: clocks and networks are late; default 5 s.</summary>
    public TimeSpan SettleMargin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An unsettled purchase is waited for in place up to this long; for a longer wait the job gives its slot away. Default 10 s.</summary>
    public TimeSpan LongestSettleWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After a stop a purchase under way may still be answered and recorded for this long; default 0.7 s.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>How often in one attempt prompts may be asked for and some be missing or break a rule; default 3.</summary>
    public int PromptRounds { get; init; } = 3;

    /// <summary>Longest a picture may take from the moment a server took it, waiting in the server's queue included; default 30 min.</summary>
    public TimeSpan DrawingDeadline { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a publication through a connected shop is watched in place before the job gives its slot away; default 10 s.</summary>
    public TimeSpan PublishWatch { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two looks at a publication under way; default 2 s.</summary>
    public TimeSpan PublishPoll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A connected shop that has not confirmed a publication after this long failed it; about 4 minutes are usual. Default 20 min.</summary>
    public TimeSpan PublishDeadline { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Told of every point between recorded actions; for tests that stop a worker exactly there. Null in normal use.</summary>
    public Action<StepPoint>? Signal { get; init; }
}
