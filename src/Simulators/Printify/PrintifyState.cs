using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Printify;

/// <summary>The account: uploads and products of all shops. Everything in it is guarded by <see cref="Gate"/>.</summary>
internal sealed class PrintifyState : IDisposable
{
    private readonly KnobStore knobs;
    private long lastId;

    public PrintifyState(KnobStore knobs, TimeProvider time)
    {
        this.knobs = knobs;
        Time = time;
        Limits = new PrintifyGate(this);
    }

    public TimeProvider Time { get; }

    public PrintifyKnobs Knobs => knobs.Current.Printify;

    public PrintifyGate Limits { get; }

    public Lock Gate { get; } = new();

    public List<Upload> Uploads { get; } = [];

    public List<Product> Products { get; } = [];

    /// <summary>Fetches pictures that are uploaded by address.</summary>
    public HttpClient Downloads { get; } = new() { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 64 << 20 };

    /// <summary>A new id: 24 hexadecimal digits, the first eight of them the time.</summary>
    public string NextId()
    {
        var count = Interlocked.Increment(ref lastId);
        return $"{Time.GetUtcNow().ToUnixTimeSeconds():x8}{count.ToString("x16", CultureInfo.InvariantCulture)}";
    }

    public PrintifyShop? FindShop(HttpContext context) =>
        int.TryParse((string?)context.Request.RouteValues["shop"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? Knobs.Shops.FirstOrDefault(shop => shop.Id == id)
            : null;

    public void Reset()
    {
        lock (Gate)
        {
            Uploads.Clear();
            Products.Clear();
        }

        Limits.Clear();
    }

    public JsonObject ReadLedger()
    {
        lock (Gate)
        {
            var now = Time.GetUtcNow();
            return new JsonObject
            {
                ["uploadCount"] = Uploads.Count,
                ["productCount"] = Products.Count(product => !product.IsDeleted),
                ["publishCount"] = Products.Sum(product => product.Publishes),
                ["uploads"] = Uploads.Select(upload => (JsonNode?)new JsonObject
                {
                    ["id"] = upload.Id,
                    ["fileName"] = upload.FileName,
                    ["width"] = upload.Header.Width,
                    ["height"] = upload.Header.Height,
                    ["bytes"] = upload.Bytes,
                    ["sha256"] = upload.Sha256,
                    ["archived"] = upload.IsArchived,
                }).ToJsonArray(),
                ["products"] = Products.Select(product => (JsonNode?)ProductLedger.Write(product, now)).ToJsonArray(),
            };
        }
    }

    public void Dispose() => Downloads.Dispose();
}
