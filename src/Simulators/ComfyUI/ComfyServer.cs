using System.Text.Json.Nodes;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>One ComfyUI server: queue, history, files, sockets, and the loop that executes one prompt at a time.</summary>
internal sealed class ComfyServer : IAsyncDisposable
{
    private readonly KnobStore knobs;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly List<ExecutedPrompt> executed = [];
    private readonly Task loop;
    private (ComfyUIKnobs Knobs, NodeCatalogue Catalogue) built;

    public ComfyServer(string prefix, KnobStore knobs, TimeProvider time)
    {
        Prefix = prefix;
        Time = time;
        this.knobs = knobs;
        built = (knobs.Current.ComfyUI, NodeCatalogue.Build(knobs.Current.ComfyUI));
        loop = Task.Run(ExecuteAsync);
    }

    public string Prefix { get; }

    public TimeProvider Time { get; }

    public ComfyUIKnobs Knobs => knobs.Current.ComfyUI;

    public PromptQueue Queue { get; } = new();

    public PromptHistory History { get; } = new();

    public ComfyFiles Files { get; } = new();

    public ComfySockets Sockets { get; } = new();

    public NodeCache Cache { get; } = new();

    /// <summary>Cancelled when the simulators end.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Node classes with the models the knobs name now.</summary>
    public NodeCatalogue Catalogue
    {
        get
        {
            lock (gate)
            {
                if (built.Knobs != Knobs)
                {
                    built = (Knobs, NodeCatalogue.Build(Knobs));
                }

                return built.Catalogue;
            }
        }
    }

    public JsonObject Status() => new()
    {
        ["status"] = new JsonObject { ["exec_info"] = new JsonObject { ["queue_remaining"] = Queue.Remaining } },
    };

    public void Record(ExecutedPrompt prompt)
    {
        lock (gate)
        {
            executed.Add(prompt);
        }
    }

    public IReadOnlyList<ExecutedPrompt> Executed()
    {
        lock (gate)
        {
            return [.. executed];
        }
    }

    /// <summary>Forgets queue, history and cache and drops all sockets, as a restart does; files stay on disk.</summary>
    public void Restart()
    {
        Queue.Clear();
        History.Clear();
        Cache.Clear();
        Sockets.Drop();
    }

    public void Reset()
    {
        Restart();
        Files.Clear();
        lock (gate)
        {
            executed.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        Queue.Clear();
        Sockets.Drop();
        await loop;
        Queue.Dispose();
        stopping.Dispose();
    }

    private async Task ExecuteAsync()
    {
        try
        {
            while (true)
            {
                var prompt = await Queue.TakeAsync(stopping.Token);
                await new PromptRun(this, prompt).ExecuteAsync();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The simulators end.
        }
    }
}
