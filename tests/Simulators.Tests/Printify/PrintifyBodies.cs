using System.Text.Json.Nodes;
using PodEngine.Simulators.Pictures;

namespace PodEngine.Simulators.Tests.Printify;

/// <summary>Bodies of uploads and products.</summary>
internal static class PrintifyBodies
{
    public const int WhiteSmallTee = 11_950;

    public static JsonObject Upload(ulong seed = 1, string name = "fox.png") => new()
    {
        ["file_name"] = name,
        ["contents"] = Convert.ToBase64String(new Drawing(seed, "upload", 120, 80).ToPng()),
    };

    public static JsonObject Product(string imageId, string title = "Neon Fox") => (JsonObject)JsonNode.Parse(
        $$$"""
        {"title":"{{{title}}}","description":"A fox","tags":["fox"],"blueprint_id":6,"print_provider_id":99,
         "variants":[{"id":{{{WhiteSmallTee}}},"price":1999,"is_enabled":true,"sku":"PE-1"},{"id":{{{WhiteSmallTee + 1}}},"price":1999,"is_enabled":true,"sku":"PE-2"}],
         "print_areas":[{"variant_ids":[{{{WhiteSmallTee}}},{{{WhiteSmallTee + 1}}}],
           "placeholders":[{"position":"front","images":[{"id":"{{{imageId}}}","x":0.5,"y":0.5,"scale":1,"angle":0}]}]}]}
        """)!;

    public static JsonObject PublishFlags() => new() { ["title"] = true, ["description"] = true, ["images"] = true, ["variants"] = true, ["tags"] = true };
}
