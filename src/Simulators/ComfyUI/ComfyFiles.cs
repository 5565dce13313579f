using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Pictures;

namespace PodEngine.Simulators.ComfyUI;

/// <summary>
/// The output, input and temp folders. A drawn picture is kept as its drawing and encoded when it is viewed: equal drawings give equal bytes.
/// </summary>
internal sealed class ComfyFiles
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Type, string Subfolder, string Name), Func<byte[]>> files = [];
    private readonly Dictionary<string, int> counters = [];

    /// <summary>Saves a drawing under the next name of its prefix; a slash in the prefix makes a subfolder.</summary>
    public JsonObject Save(string prefix, string type, Drawing drawing, string? metadata)
    {
        var slash = prefix.LastIndexOf('/');
        var (subfolder, stem) = slash < 0 ? ("", prefix) : (prefix[..slash], prefix[(slash + 1)..]);
        lock (gate)
        {
            var counter = counters[prefix] = counters.GetValueOrDefault(prefix) + 1;
            var name = $"{stem}_{counter.ToString("00000", CultureInfo.InvariantCulture)}_.png";
            var texts = metadata is null ? null : new Dictionary<string, string> { ["prompt"] = metadata };
            files[(type, subfolder, name)] = () => drawing.ToPng(texts);
            return new JsonObject { ["filename"] = name, ["subfolder"] = subfolder, ["type"] = type };
        }
    }

    /// <summary>Keeps an upload. Without overwrite a clash gets another name, unless the content is the same.</summary>
    public string Upload(string type, string subfolder, string name, byte[] content, bool overwrite)
    {
        lock (gate)
        {
            var chosen = name;
            for (var i = 1; !overwrite && files.TryGetValue((type, subfolder, chosen), out var existing); i++)
            {
                if (SHA256.HashData(existing()).SequenceEqual(SHA256.HashData(content)))
                {
                    return chosen;
                }

                chosen = $"{Path.GetFileNameWithoutExtension(name)} ({i}){Path.GetExtension(name)}";
            }

            files[(type, subfolder, chosen)] = () => content;
            return chosen;
        }
    }

    public byte[]? Read(string type, string subfolder, string name)
    {
        Func<byte[]>? file;
        lock (gate)
        {
            file = files.GetValueOrDefault((type, subfolder, name));
        }

        return file?.Invoke();
    }

    public void Clear()
    {
        lock (gate)
        {
            files.Clear();
            counters.Clear();
        }
    }
}
