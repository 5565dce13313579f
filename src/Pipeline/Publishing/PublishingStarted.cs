namespace PodEngine.Pipeline.Publishing;

/// <summary>The recorded result of a publish call: it was accepted. Whether the channel lists the product is another matter.</summary>
/// <param name="StartedTime">When it was accepted.</param>
internal sealed record PublishingStarted(DateTimeOffset StartedTime);
