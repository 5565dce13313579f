using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Printify.Catalogue;

namespace PodEngine.Simulators.Printify;

/// <summary>A product of a shop. Changed only under the account's lock.</summary>
internal sealed class Product
{
    private DateTimeOffset? publishEnds;
    private bool publishFails;

    public required string Id { get; init; }

    public required PrintifyShop Shop { get; init; }

    public required Blueprint Blueprint { get; init; }

    public required int PrintProviderId { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; set; }

    public string Title { get; set; } = "";

    public string Description { get; set; } = "";

    public JsonArray Tags { get; set; } = [];

    public List<ProductVariant> Variants { get; set; } = [];

    public JsonArray PrintAreas { get; set; } = [];

    /// <summary>Members kept as they were sent: print_details, safety_information, sales_channel_properties.</summary>
    public JsonObject Extras { get; } = [];

    public bool IsLocked { get; private set; }

    public bool IsVisible { get; private set; }

    public bool IsDeleted { get; set; }

    public int Publishes { get; private set; }

    public int Unpublishes { get; private set; }

    public string? ExternalId { get; private set; }

    public string? ExternalHandle { get; private set; }

    /// <summary>Uploads its print areas use.</summary>
    public IEnumerable<string> ImageIds() => PrintAreas
        .SelectMany(area => area?["placeholders"].Items() ?? [])
        .SelectMany(placeholder => placeholder?["images"].Items() ?? [])
        .Select(image => image?["id"].Text()).OfType<string>().Distinct();

    /// <summary>Locks the product; a connected shop ends the publish by itself at <paramref name="ends"/>.</summary>
    public void StartPublish(DateTimeOffset? ends, bool fails)
    {
        Publishes++;
        IsLocked = true;
        publishEnds = ends;
        publishFails = fails;
    }

    public void FinishPublish(string externalId, string handle)
    {
        IsLocked = false;
        IsVisible = true;
        publishEnds = null;
        ExternalId = externalId;
        ExternalHandle = handle;
    }

    public void FailPublish()
    {
        IsLocked = false;
        publishEnds = null;
    }

    public void Unpublish()
    {
        Unpublishes++;
        IsLocked = false;
        IsVisible = false;
        publishEnds = null;
        ExternalId = ExternalHandle = null;
    }

    /// <summary>Lets a publish whose time has come end.</summary>
    public void Settle(DateTimeOffset now)
    {
        if (publishEnds is not { } ends || now < ends)
        {
            return;
        }

        if (publishFails)
        {
            FailPublish();
            return;
        }

        var number = Convert.ToInt64(Id[^8..], 16) + 8_000_000_000_000;
        FinishPublish(
            ExternalId ?? number.ToString(CultureInfo.InvariantCulture),
            ExternalHandle ?? $"https://{Shop.SalesChannel}.example/products/{number.ToString(CultureInfo.InvariantCulture)}");
    }
}
