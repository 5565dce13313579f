namespace PodEngine.Shared.Products;

/// <summary>One entry of the product catalogue: what is made of a picture when a job asks for its <see cref="Type"/>.</summary>
public sealed record ProductDefinition
{
    /// <summary>The name users write in <c>productTypes</c>: lower-case letters, digits and dashes.</summary>
    public required string Type { get; init; }

    /// <summary>What a shopper reads behind the design's title, for example <c>T-Shirt</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Printify blueprint id.</summary>
    public required int BlueprintId { get; init; }

    /// <summary>Printify print provider id.</summary>
    public required int PrintProviderId { get; init; }

    /// <summary>Colours to sell, as the print provider names them; empty means every colour.</summary>
    public IReadOnlyList<string> Colors { get; init; } = [];

    /// <summary>Sizes to sell, as the print provider names them; empty means every size.</summary>
    public IReadOnlyList<string> Sizes { get; init; } = [];

    /// <summary>Retail price in US cents, the same for every variant; 1–1000000.</summary>
    public required int PriceCents { get; init; }

    /// <summary>Where the picture goes.</summary>
    public PrintPlacement Placement { get; init; } = new();
}

/// <summary>Position of a picture in a print area, as Printify counts it: shares of the area, not pixels.</summary>
public sealed record PrintPlacement
{
    /// <summary>Placeholder name, default <c>front</c>.</summary>
    public string Position { get; init; } = "front";

    /// <summary>Centre, 0–1 from the left; default 0.5.</summary>
    public double X { get; init; } = 0.5;

    /// <summary>Centre, 0–1 from the top; default 0.5.</summary>
    public double Y { get; init; } = 0.5;

    /// <summary>Picture width ÷ area width; default 1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Whole degrees of turn; default 0.</summary>
    public int Angle { get; init; }
}
