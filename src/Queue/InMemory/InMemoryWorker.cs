namespace PodEngine.Queue.InMemory;

/// <summary>A worker as it last described itself.</summary>
internal sealed record InMemoryWorker(QueueKey Queue, DateTimeOffset LastSeen);
