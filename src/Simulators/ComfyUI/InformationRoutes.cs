using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.ComfyUI;

/// <summary><c>/system_stats</c>, <c>/object_info</c>, <c>/models</c> and what else tells about the server.</summary>
internal sealed class InformationRoutes(ComfyServer server)
{
    public void MapOn(RouteGroupBuilder group)
    {
        group.MapGet("/system_stats", context => context.Response.AnswerJsonAsync(200, WriteStats()));
        group.MapGet("/object_info", context => context.Response.AnswerJsonAsync(200, server.Catalogue.Json.DeepClone()));
        group.MapGet("/object_info/{name}", AnswerClassAsync);
        group.MapGet("/models", context => context.Response.AnswerJsonAsync(200, new JsonArray("checkpoints", "loras", "vae")));
        group.MapGet("/models/{folder}", AnswerModelsAsync);
        group.MapGet("/embeddings", context => context.Response.AnswerJsonAsync(200, new JsonArray()));
        group.MapGet("/extensions", context => context.Response.AnswerJsonAsync(200, new JsonArray()));
        group.MapGet("/features", context => context.Response.AnswerJsonAsync(200, ComfyFeatures.Write()));
    }

    private Task AnswerClassAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        return context.Response.AnswerJsonAsync(200, server.Catalogue.Json[name] is { } node ? new JsonObject { [name] = node.DeepClone() } : []);
    }

    private Task AnswerModelsAsync(HttpContext context)
    {
        IReadOnlyList<string>? names = (string)context.Request.RouteValues["folder"]! switch
        {
            "checkpoints" => server.Knobs.Checkpoints,
            "loras" => server.Knobs.Loras,
            "vae" => server.Knobs.Vaes,
            _ => null,
        };
        return names is null ? context.Response.AnswerEmptyAsync(404) : context.Response.AnswerJsonAsync(200, names.ToTextArray());
    }

    private static JsonObject WriteStats() => new()
    {
        ["system"] = new JsonObject
        {
            ["os"] = "posix",
            ["ram_total"] = 67_430_000_000,
            ["ram_free"] = 52_110_000_000,
            ["comfyui_version"] = "0.3.75",
            ["python_version"] = "3.12.3 (main)",
            ["pytorch_version"] = "2.9.1+cu128",
            ["embedded_python"] = false,
            ["argv"] = new JsonArray("main.py", "--listen"),
        },
        ["devices"] = new JsonArray(new JsonObject
        {
            ["name"] = "cuda:0 Simulated GPU : cudaMallocAsync",
            ["type"] = "cuda",
            ["index"] = 0,
            ["vram_total"] = 25_430_000_000,
            ["vram_free"] = 23_900_000_000,
            ["torch_vram_total"] = 0,
            ["torch_vram_free"] = 0,
        }),
    };
}
