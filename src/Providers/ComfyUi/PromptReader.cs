using System.Globalization;
using System.Text.Json;
using PodEngine.Providers.Http;

namespace PodEngine.Providers.ComfyUi;

/// <summary>Reads what <c>/history</c> and <c>/queue</c> say of one prompt.</summary>
internal static class PromptReader
{
    private const int LongestMessage = 500;

    /// <summary>The end of a prompt; null while its history is empty.</summary>
    public static PromptState? FromHistory(JsonElement history, string promptId)
    {
        if (history.Member(promptId) is not { ValueKind: JsonValueKind.Object } entry)
        {
            return null;
        }

        var status = entry.Member("status") ?? default;
        return status.Text("status_str") == "error" ? FromMessages(status) : new PromptState.Finished(Images(entry));
    }

    /// <summary>Its place in the queue; null when it has none.</summary>
    public static PromptState? FromQueue(JsonElement queue, string promptId)
    {
        var running = Items(queue, "queue_running");
        if (running.Exists(item => IdOf(item) == promptId))
        {
            return new PromptState.Running();
        }

        var pending = Items(queue, "queue_pending");
        int place = pending.FindIndex(item => IdOf(item) == promptId);
        if (place < 0)
        {
            return null;
        }

        // The list is a heap: only the numbers tell the order.
        double number = NumberOf(pending[place]);
        return new PromptState.Queued(running.Count + pending.Count(item => NumberOf(item) < number));
    }

    private static PromptState FromMessages(JsonElement status)
    {
        foreach (var message in Array(status.Member("messages")))
        {
            if (message is not { ValueKind: JsonValueKind.Array } || message.GetArrayLength() < 2)
            {
                continue;
            }

            var data = message[1];
            switch (message[0].ValueKind == JsonValueKind.String ? message[0].GetString() : null)
            {
                case "execution_interrupted":
                    return new PromptState.Interrupted();
                case "execution_error":
                    string said = $"{data.Text("exception_type")}: {data.Text("exception_message")}".Trim(':', ' ', '\n');
                    return new PromptState.Failed(data.Text("node_id"), data.Text("node_type"), said.Length > LongestMessage ? said[..LongestMessage] : said);
                default:
                    break;
            }
        }

        return new PromptState.Failed(null, null, "ComfyUI gave no reason.");
    }

    /// <summary>Saved pictures; those of preview nodes only when nothing was saved.</summary>
    private static List<ComfyUiImage> Images(JsonElement entry)
    {
        var images = new List<ComfyUiImage>();
        if (entry.Member("outputs") is { ValueKind: JsonValueKind.Object } outputs)
        {
            foreach (var node in outputs.EnumerateObject())
            {
                images.AddRange(Array(node.Value.Member("images"))
                    .Where(image => !string.IsNullOrEmpty(image.Text("filename")))
                    .Select(image => new ComfyUiImage(node.Name, image.Text("filename")!, image.Text("subfolder") ?? "", image.Text("type") ?? "output")));
            }
        }

        return images.Exists(image => image.Type == "output") ? images.FindAll(image => image.Type == "output") : images;
    }

    private static List<JsonElement> Items(JsonElement queue, string name) =>
        [.. Array(queue.Member(name)).Where(item => item.ValueKind == JsonValueKind.Array && item.GetArrayLength() >= 2)];

    private static JsonElement.ArrayEnumerator Array(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;

    private static string? IdOf(JsonElement item) => item[1].ValueKind == JsonValueKind.String ? item[1].GetString() : null;

    private static double NumberOf(JsonElement item) => item[0].ValueKind switch
    {
        JsonValueKind.Number => item[0].GetDouble(),
        JsonValueKind.String when double.TryParse(item[0].GetString(), CultureInfo.InvariantCulture, out double number) => number,
        _ => double.MaxValue,
    };
}
