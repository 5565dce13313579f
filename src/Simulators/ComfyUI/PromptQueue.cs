using System.Text.Json.Nodes;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>One prompt runs at a time, the rest waits in the order of their numbers. Guarded by its own lock.</summary>
internal sealed class PromptQueue : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<QueuedPrompt> waiting = [];
    private readonly SemaphoreSlim arrivals = new(0);
    private QueuedPrompt? running;
    private long counter;
    private long arrival;

    /// <summary>Waiting and running.</summary>
    public int Remaining
    {
        get
        {
            lock (gate)
            {
                return waiting.Count + (running is null ? 0 : 1);
            }
        }
    }

    public QueuedPrompt? Running
    {
        get
        {
            lock (gate)
            {
                return running;
            }
        }
    }

    /// <summary>Number for a prompt without one of its own: a counter, negated to come first.</summary>
    public double NextNumber(bool front)
    {
        lock (gate)
        {
            var number = counter++;
            return front ? -number : number;
        }
    }

    public long NextArrival() => Interlocked.Increment(ref arrival);

    public void Add(QueuedPrompt prompt)
    {
        lock (gate)
        {
            var place = waiting.FindIndex(other => (prompt.Number, prompt.Arrival).CompareTo((other.Number, other.Arrival)) < 0);
            waiting.Insert(place < 0 ? waiting.Count : place, prompt);
        }

        arrivals.Release();
    }

    /// <summary>Waits for a prompt and makes it the running one.</summary>
    public async Task<QueuedPrompt> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await arrivals.WaitAsync(cancellationToken);
            lock (gate)
            {
                if (waiting is [var first, ..])
                {
                    waiting.RemoveAt(0);
                    running = first;
                    return first;
                }
            }
        }
    }

    public void Finish(QueuedPrompt prompt)
    {
        lock (gate)
        {
            running = running == prompt ? null : running;
            prompt.Dispose();
        }
    }

    /// <summary>Removes waiting prompts. True when there was one.</summary>
    public bool Remove(Predicate<QueuedPrompt> choice)
    {
        lock (gate)
        {
            return waiting.RemoveAll(choice) > 0;
        }
    }

    /// <summary>Interrupts the running prompt when it fits. True when it did.</summary>
    public bool Interrupt(Predicate<QueuedPrompt> choice, bool forget = false)
    {
        lock (gate)
        {
            if (running is null || !choice(running))
            {
                return false;
            }

            running.IsForgotten |= forget;
            running.Cancellation.Cancel();
            return true;
        }
    }

    public (JsonArray Running, JsonArray Pending) Write()
    {
        lock (gate)
        {
            return (running is null ? [] : [running.Write()], new JsonArray([.. waiting.Select(prompt => (JsonNode?)prompt.Write())]));
        }
    }

    public IReadOnlyList<QueuedPrompt> Waiting()
    {
        lock (gate)
        {
            return [.. waiting];
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            waiting.Clear();
            counter = 0;
        }

        Interrupt(_ => true, forget: true);
    }

    public void Dispose() => arrivals.Dispose();
}
