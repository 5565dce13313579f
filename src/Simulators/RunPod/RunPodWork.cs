using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Simulators.ComfyUI;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;
using PodEngine.Simulators.Pictures;

namespace PodEngine.Simulators.RunPod;

/// <summary>What the worker of an endpoint makes of an input: worker-comfyui with its refusals, an echo, or a fixed output.</summary>
internal sealed class RunPodWork(RunPodJob job, SimulatorKnobs knobs)
{
    private const string TextFailure = "CUDA out of memory. Tried to allocate 2.00 GiB.";

    public WorkResult Do()
    {
        switch (job.Variant)
        {
            case RunPodVariant.Fails:
                return new WorkResult(new JsonObject { ["details"] = new JsonArray("node 3 (KSampler) failed") }, TextFailure);
            case RunPodVariant.Throws:
                return new WorkResult(null, WriteException());
            case RunPodVariant.OmitsOutput:
                return new WorkResult(null);
        }

        if (knobs.RunPod.Outputs.TryGetValue(job.EndpointId, out var output))
        {
            return new WorkResult(output?.DeepClone());
        }

        var input = ReadInput();
        var isComfy = knobs.RunPod.Handler switch
        {
            RunPodHandler.ComfyUI => true,
            RunPodHandler.Auto => (input as JsonObject)?.ContainsKey("workflow") ?? false,
            _ => false,
        };
        return isComfy ? DoComfy(input) : new WorkResult(new JsonObject { ["echo"] = job.Request.Input?.DeepClone() });
    }

    // worker-comfyui takes the input as JSON text too.
    private JsonNode? ReadInput()
    {
        if (job.Request.Input.Text() is not { } text)
        {
            return job.Request.Input;
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private WorkResult DoComfy(JsonNode? input)
    {
        if (input is not JsonObject body)
        {
            return Refuse("Invalid JSON format in input");
        }

        if (body["workflow"] is not JsonObject workflow)
        {
            return Refuse("Missing 'workflow' parameter");
        }

        if (body["images"] is { } images && (images is not JsonArray || images.Items().Any(image => image?["name"].Text() is null || image["image"].Text() is null)))
        {
            return Refuse("'images' must be a list of objects with 'name' and 'image' keys");
        }

        var validation = PromptValidation.Of(workflow, NodeCatalogue.Build(knobs.ComfyUI), ComfyBuild.New);
        if (validation.Error is { } error)
        {
            return Refuse($"Workflow validation failed: {error["message"]} {error["details"]}".TrimEnd());
        }

        var plan = new WorkflowPlan(validation.Graph!, validation.Outputs);
        job.Subject = plan.Subject;
        var pictures = job.Variant == RunPodVariant.NoImages ? [] : Pictures(plan);
        return pictures.Count == 0
            ? new WorkResult(new JsonObject { ["status"] = "success_no_images", ["images"] = new JsonArray() })
            : new WorkResult(null) { Pictures = pictures, AsUrls = knobs.RunPod.PicturesAsUrls };
    }

    // Pictures of type temp (PreviewImage) are skipped by the worker.
    private static List<(string FileName, Drawing Drawing)> Pictures(WorkflowPlan plan) =>
    [
        .. plan.Order.Where(node => node.ClassType == "SaveImage")
            .SelectMany(node => plan.DrawingsOf(node).Select(drawing => (Prefix: node.Inputs["filename_prefix"].Text() ?? "ComfyUI", Drawing: drawing)))
            .Select((picture, index) => (
                $"{picture.Prefix[(picture.Prefix.LastIndexOf('/') + 1)..]}_{(index + 1).ToString("00000", CultureInfo.InvariantCulture)}_.png",
                picture.Drawing)),
    ];

    private static WorkResult Refuse(string error) => new(null, error);

    private static string WriteException() => new JsonObject
    {
        ["error_type"] = "<class 'RuntimeError'>",
        ["error_message"] = TextFailure,
        ["error_traceback"] = "Traceback (most recent call last):\n  File \"handler.py\", line 1\nRuntimeError",
        ["hostname"] = "simulated-host",
        ["worker_id"] = "simulated-worker",
        ["runpod_version"] = "1.12.0",
    }.ToJsonString();
}
