using System.Globalization;
using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Printify;

/// <summary>The envelope of paged lists; its links are relative.</summary>
internal static class PageEnvelope
{
    public static JsonObject Write<T>(HttpContext context, IReadOnlyList<T> items, int maxLimit, Func<T, JsonObject> write)
    {
        var limit = Math.Min(Number(context, "limit", 10), maxLimit);
        var page = Number(context, "page", 1);
        var last = Math.Max(1, (items.Count + limit - 1) / limit);
        var shown = items.Skip((page - 1) * limit).Take(limit).Select(item => (JsonNode?)write(item)).ToArray();
        var from = ((page - 1) * limit) + 1;
        return new JsonObject
        {
            ["current_page"] = page,
            ["data"] = new JsonArray(shown),
            ["first_page_url"] = "/?page=1",
            ["from"] = shown.Length > 0 ? from : null,
            ["last_page"] = last,
            ["last_page_url"] = $"/?page={last}",
            ["next_page_url"] = page < last ? $"/?page={page + 1}" : null,
            ["path"] = "/",
            ["per_page"] = limit,
            ["prev_page_url"] = page > 1 ? $"/?page={page - 1}" : null,
            ["to"] = shown.Length > 0 ? from + shown.Length - 1 : null,
            ["total"] = items.Count,
        };
    }

    private static int Number(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : otherwise;
}
