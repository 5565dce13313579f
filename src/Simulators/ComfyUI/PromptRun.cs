using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;
using PodEngine.Simulators.Pictures;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>
/// Executes one prompt and tells its client, in ComfyUI's order: execution_start, execution_cached, per node executing, progress and
/// executed, then execution_success, history stored, a status to all, and executing with node null last.
/// </summary>
internal sealed class PromptRun(ComfyServer server, QueuedPrompt prompt)
{
    private readonly WorkflowPlan plan = new(prompt.Graph, prompt.Outputs);
    private readonly ComfyUIKnobs knobs = server.Knobs;
    private readonly JsonArray messages = [];
    private readonly JsonObject outputs = [];
    private readonly Dictionary<string, JsonObject?> results = [];
    private readonly List<string> done = [];

    public async Task ExecuteAsync()
    {
        var status = "success";
        var cached = false;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(prompt.Cancellation.Token, server.Stopping);
        try
        {
            Announce("execution_start", []);
            var fresh = FindFresh();
            cached = fresh.Count == 0;
            foreach (var node in fresh)
            {
                await ExecuteAsync(node, stop.Token);
            }

            server.Cache.Replace(results);
            if (knobs.SendsSuccess)
            {
                Announce("execution_success", []);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            status = "interrupted";
            AnnounceInterruption();
        }
        catch (NodeFailedException failure)
        {
            status = "error";
            AnnounceFailure(failure);
        }

        Finish(status, cached);
    }

    private List<WorkflowNode> FindFresh()
    {
        var fresh = new List<WorkflowNode>();
        var cachedIds = new List<string>();
        foreach (var node in plan.Order)
        {
            var signature = plan.SignatureOf(node);
            if (!server.Cache.TryFind(signature, out var output))
            {
                fresh.Add(node);
                continue;
            }

            cachedIds.Add(node.Id);
            done.Add(node.Id);
            results[signature] = output;
            if (output is not null)
            {
                outputs[node.Id] = output.DeepClone();
            }
        }

        Announce("execution_cached", new JsonObject { ["nodes"] = cachedIds.ToTextArray() });
        return fresh;
    }

    private async Task ExecuteAsync(WorkflowNode node, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        prompt.RunningNode = node.Id;
        Tell("executing", new JsonObject { ["node"] = node.Id, ["display_node"] = node.Id });
        TellProgressState(node, 0, 1, "running");
        JsonObject? output = null;
        if (WorkflowPlan.IsSampler(node))
        {
            await SampleAsync(node, cancellationToken);
        }
        else if (plan.DrawingsOf(node) is { Count: > 0 } drawings)
        {
            output = Save(node, prompt.Variant == ComfyVariant.NoImages ? [] : drawings);
            outputs[node.Id] = output.DeepClone();
            Tell("executed", new JsonObject { ["node"] = node.Id, ["display_node"] = node.Id, ["output"] = output.DeepClone() });
        }

        TellProgressState(node, 1, 1, "finished");
        done.Add(node.Id);
        results[plan.SignatureOf(node)] = output;
    }

    private async Task SampleAsync(WorkflowNode node, CancellationToken cancellationToken)
    {
        var steps = (int)(node.Inputs["steps"].Whole() ?? 20);
        var pictures = plan.Order.Select(plan.DrawingsOf).FirstOrDefault(drawings => drawings.Count > 0) ?? [];
        var latency = TimeSpan.FromMilliseconds((double)knobs.LatencyMs * Math.Max(1, pictures.Count));
        var start = server.Time.GetTimestamp();
        for (var step = 1; step <= steps; step++)
        {
            var wait = (latency * step / steps) - server.Time.GetElapsedTime(start);
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait, server.Time, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            TellProgressState(node, step, steps, "running");
            Tell("progress", new JsonObject { ["value"] = step, ["max"] = steps, ["node"] = node.Id });
            if (step == (steps + 1) / 2)
            {
                await ReachMiddleAsync(node, pictures, cancellationToken);
            }
        }
    }

    private async Task ReachMiddleAsync(WorkflowNode node, IReadOnlyList<Drawing> pictures, CancellationToken cancellationToken)
    {
        if (knobs.SendsPreviews && pictures.Count > 0)
        {
            server.Sockets.SendPreview(prompt.ClientId, pictures[0].ToPreview());
        }

        switch (prompt.Variant)
        {
            case ComfyVariant.ExecutionError:
                throw new NodeFailedException(node);
            case ComfyVariant.DropsSocket:
                server.Sockets.Drop(prompt.ClientId);
                break;
            case ComfyVariant.Stalls:
                await Task.Delay(Timeout.InfiniteTimeSpan, server.Time, cancellationToken);
                break;
        }
    }

    private JsonObject Save(WorkflowNode node, IReadOnlyList<Drawing> drawings)
    {
        var isTemporary = node.ClassType == "PreviewImage";
        var prefix = isTemporary ? "ComfyUI_temp_simul" : node.Inputs["filename_prefix"].Text() ?? "ComfyUI";
        var metadata = knobs.WritesMetadata ? prompt.Graph.Json.ToJsonString() : null;
        return new JsonObject
        {
            ["images"] = drawings.Select(drawing => (JsonNode?)server.Files.Save(prefix, isTemporary ? "temp" : "output", drawing, metadata)).ToJsonArray(),
        };
    }

    private void Finish(string status, bool cached)
    {
        if (!prompt.IsForgotten)
        {
            var (text, seed) = plan.Subject;
            var images = outputs.Sum(output => output.Value?["images"] is JsonArray list ? list.Count : 0);
            server.Record(new ExecutedPrompt(prompt.Id, server.Prefix, text, seed, images, status, cached));
            server.History.Add(prompt.Id, WriteHistory(status), knobs.MaxHistory);
        }

        var clientId = prompt.ClientId;
        server.Queue.Finish(prompt);
        server.Sockets.Broadcast("status", server.Status());
        server.Sockets.Send(clientId, "executing", new JsonObject { ["node"] = null, ["prompt_id"] = prompt.Id });
    }

    private JsonObject WriteHistory(string status)
    {
        var meta = new JsonObject();
        foreach (var (id, _) in outputs)
        {
            meta[id] = new JsonObject { ["node_id"] = id, ["display_node"] = id, ["parent_node"] = null, ["real_node_id"] = id };
        }

        return new JsonObject
        {
            ["prompt"] = prompt.Write(),
            ["outputs"] = outputs.DeepClone(),
            ["status"] = new JsonObject
            {
                ["status_str"] = status == "success" ? "success" : "error",
                ["completed"] = status == "success",
                ["messages"] = messages.DeepClone(),
            },
            ["meta"] = meta,
        };
    }

    private void AnnounceInterruption()
    {
        var data = Where(plan.Order.FirstOrDefault(node => node.Id == prompt.RunningNode));
        data["timestamp"] = Timestamp();
        messages.Add(new JsonArray("execution_interrupted", data.DeepClone()));
        server.Sockets.Broadcast("execution_interrupted", data);
    }

    private void AnnounceFailure(NodeFailedException failure)
    {
        var data = Where(failure.Node);
        data["exception_message"] = failure.Message;
        data["exception_type"] = "torch.OutOfMemoryError";
        data["traceback"] = new JsonArray("  File \"execution.py\", line 518, in execute\n");
        data["current_inputs"] = failure.Node.Inputs.DeepClone();
        data["current_outputs"] = done.ToTextArray();
        Announce("execution_error", data);
    }

    private JsonObject Where(WorkflowNode? node) => new()
    {
        ["prompt_id"] = prompt.Id,
        ["node_id"] = node?.Id,
        ["node_type"] = node?.ClassType,
        ["executed"] = done.ToTextArray(),
    };

    private void TellProgressState(WorkflowNode node, int value, int max, string state)
    {
        if (knobs.Build == ComfyBuild.Old)
        {
            return;
        }

        var entry = new JsonObject
        {
            ["value"] = value,
            ["max"] = max,
            ["state"] = state,
            ["node_id"] = node.Id,
            ["prompt_id"] = prompt.Id,
            ["display_node_id"] = node.Id,
            ["parent_node_id"] = null,
            ["real_node_id"] = node.Id,
        };
        Tell("progress_state", new JsonObject { ["nodes"] = new JsonObject { [node.Id] = entry } });
    }

    // Told to the client and kept in history.
    private void Announce(string type, JsonObject data)
    {
        data["timestamp"] = Timestamp();
        Tell(type, data);
        messages.Add(new JsonArray(type, data.DeepClone()));
    }

    private void Tell(string type, JsonObject data)
    {
        data["prompt_id"] = prompt.Id;
        server.Sockets.Send(prompt.ClientId, type, data);
    }

    private long Timestamp() => server.Time.GetUtcNow().ToUnixTimeMilliseconds();
}
