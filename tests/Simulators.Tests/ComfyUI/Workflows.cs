using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Tests.ComfyUI;

/// <summary>The SDXL text to image workflow in API format.</summary>
internal static class Workflows
{
    public static JsonObject Sdxl(ulong seed = 1, string text = "a fox", int batch = 1, int steps = 4, string checkpoint = "sd_xl_base_1.0.safetensors") =>
        (JsonObject)JsonNode.Parse(
            $$$"""
            {"1":{"class_type":"CheckpointLoaderSimple","inputs":{"ckpt_name":"{{{checkpoint}}}"}},
             "2":{"class_type":"CLIPTextEncode","inputs":{"text":"{{{text}}}","clip":["1",1]}},
             "3":{"class_type":"CLIPTextEncode","inputs":{"text":"blurry","clip":["1",1]}},
             "4":{"class_type":"EmptyLatentImage","inputs":{"width":96,"height":64,"batch_size":{{{batch}}}}},
             "5":{"class_type":"KSampler","inputs":{"model":["1",0],"positive":["2",0],"negative":["3",0],"latent_image":["4",0],
                  "seed":{{{seed}}},"steps":{{{steps}}},"cfg":7.5,"sampler_name":"euler","scheduler":"normal","denoise":1}},
             "6":{"class_type":"VAEDecode","inputs":{"samples":["5",0],"vae":["1",2]}},
             "7":{"class_type":"SaveImage","inputs":{"images":["6",0],"filename_prefix":"pod/fox"},"_meta":{"title":"Save"} } }
            """)!;

    public static JsonObject Prompt(JsonObject workflow, string? id = null, string? clientId = null)
    {
        var body = new JsonObject { ["prompt"] = workflow };
        if (id is not null)
        {
            body["prompt_id"] = id;
        }

        if (clientId is not null)
        {
            body["client_id"] = clientId;
        }

        return body;
    }
}
