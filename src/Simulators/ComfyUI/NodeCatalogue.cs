using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>The node classes of a server, as <c>GET /object_info</c> tells them (ComfyUI's <c>nodes.py</c>).</summary>
internal sealed class NodeCatalogue
{
    private static readonly string[] Samplers =
        ["euler", "euler_ancestral", "heun", "dpm_2", "lms", "dpmpp_2s_ancestral", "dpmpp_sde", "dpmpp_2m", "dpmpp_2m_sde", "dpmpp_3m_sde", "ddim", "uni_pc"];

    private static readonly string[] Schedulers = ["normal", "karras", "exponential", "sgm_uniform", "simple", "ddim_uniform", "beta"];

    private static readonly string Text = ReadText();

    private readonly Dictionary<string, NodeClass> classes;

    private NodeCatalogue(JsonObject json)
    {
        Json = json;
        classes = json.ToDictionary(pair => pair.Key, pair => NodeClass.Read(pair.Key, (JsonObject)pair.Value!));
    }

    /// <summary>The whole document; clone before use in an answer.</summary>
    public JsonObject Json { get; }

    public NodeClass? Find(string? name) => name is null ? null : classes.GetValueOrDefault(name);

    public static NodeCatalogue Build(ComfyUIKnobs knobs)
    {
        var json = (JsonObject)JsonNode.Parse(Text)!;
        foreach (var (name, value) in json)
        {
            var node = (JsonObject)value!;
            Complete(name, node);
            foreach (var kind in (string[])["required", "optional"])
            {
                FillLists((JsonObject?)node["input"]![kind], knobs);
            }
        }

        return new NodeCatalogue(json);
    }

    private static void Complete(string name, JsonObject node)
    {
        var order = new JsonObject();
        foreach (var (kind, inputs) in (JsonObject)node["input"]!)
        {
            order[kind] = ((JsonObject)inputs!).Select(input => input.Key).ToTextArray();
        }

        var outputs = node["output"].Texts().ToList();
        node["input_order"] = order;
        node["output_is_list"] = outputs.Select(_ => (JsonNode?)false).ToJsonArray();
        node["output_name"] = outputs.ToTextArray();
        node["name"] = name;
        node["description"] = "";
        node["python_module"] = "nodes";
        node["output_node"] = node["output_node"].Flag() ?? false;
    }

    private static void FillLists(JsonObject? inputs, ComfyUIKnobs knobs)
    {
        foreach (var (_, input) in inputs ?? [])
        {
            IReadOnlyList<string>? names = input![0].Text() switch
            {
                "@checkpoints" => knobs.Checkpoints,
                "@loras" => knobs.Loras,
                "@vaes" => knobs.Vaes,
                "@samplers" => Samplers,
                "@schedulers" => Schedulers,
                _ => null,
            };
            if (names is not null)
            {
                input[0] = names.ToTextArray();
            }
        }
    }

    private static string ReadText()
    {
        using var stream = typeof(NodeCatalogue).Assembly.GetManifestResourceStream("object_info.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
