using PodEngine.Simulators.Printify;

namespace PodEngine.Simulators.Knobs;

/// <summary>Printify's behaviour (https://developers.printify.com).</summary>
public sealed record PrintifyKnobs
{
    /// <summary>Milliseconds from request to answer; default 0.</summary>
    public int LatencyMs { get; init; }

    /// <summary>The one token accepted; null (the default) accepts any that is not empty.</summary>
    public string? Token { get; init; }

    /// <summary>Whether a request without <c>User-Agent</c> is refused with 400; what happens is unconfirmed, default true.</summary>
    public bool RequiresUserAgent { get; init; } = true;

    /// <summary>Requests per minute; default 600.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>Catalogue requests per minute; default 100.</summary>
    public int CatalogueRequestsPerMinute { get; init; } = 100;

    /// <summary>Publishes per 30 minutes; default 200.</summary>
    public int PublishesPerHalfHour { get; init; } = 200;

    /// <summary>Whether the limits count in a sliding window (the default) or a fixed one; unconfirmed.</summary>
    public bool SlidingWindow { get; init; } = true;

    /// <summary><c>Retry-After</c> in seconds on 429; none is documented, default none.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Body of a 429; unconfirmed, default the status form.</summary>
    public PrintifyErrorBody TooManyRequestsBody { get; init; }

    /// <summary>Code of a validation fault, 8203 (the default) or 8150.</summary>
    public int ValidationCode { get; init; } = 8203;

    /// <summary>Shops of the account.</summary>
    public IReadOnlyList<PrintifyShop> Shops { get; init; } =
    [
        new(1001, "Simulated API shop", "custom_integration"),
        new(1002, "Simulated Shopify shop", "shopify"),
        new(1003, "Simulated Etsy shop", "etsy"),
        new(1004, "Simulated unconnected shop", "disconnected"),
    ];

    /// <summary>Variants without stock: hidden from the catalogue unless asked for, not available in products.</summary>
    public IReadOnlyList<int> OutOfStockVariantIds { get; init; } = [];

    /// <summary>Whether products are listed newest first; unconfirmed, default true.</summary>
    public bool NewestFirst { get; init; } = true;

    /// <summary>Largest page of products, 50 (the default) or, in an older text, 100.</summary>
    public int MaxProductPage { get; init; } = 50;

    /// <summary>Most enabled variants per product; default 100.</summary>
    public int MaxEnabledVariants { get; init; } = 100;

    /// <summary>Largest file that may come as base64, in bytes; default 5 MB.</summary>
    public int MaxBase64Bytes { get; init; } = 5 * 1024 * 1024;

    /// <summary>Whether SVG uploads are accepted; unconfirmed, default false.</summary>
    public bool AcceptsSvg { get; init; }

    /// <summary>Whether equal content gets the id it had before; taken as no, default false.</summary>
    public bool ReusesUploadIds { get; init; }

    /// <summary>Whether every variant must be in some print area; unconfirmed, default true.</summary>
    public bool RequiresVariantsInPrintAreas { get; init; } = true;

    /// <summary>Whether a product's answer lists all variants of the provider, those not ordered as disabled; unconfirmed, default false.</summary>
    public bool AnswersAllVariants { get; init; }

    /// <summary>Milliseconds until mockup pictures appear in a product; unconfirmed, default 0.</summary>
    public int MockupsReadyMs { get; init; }

    /// <summary>Milliseconds until a connected shop finishes a publish; about four minutes in life, default 200.</summary>
    public int PublishMs { get; init; } = 200;

    /// <summary>Whether a connected shop's publishes fail: the product is unlocked without <c>external</c>; default false.</summary>
    public bool PublishesFail { get; init; }

    /// <summary>Whether publishing a locked product is refused with 8252 instead of accepted; unconfirmed, default false.</summary>
    public bool RefusesPublishOfLocked { get; init; }

    /// <summary>Whether the five flags of a publish body are required, as the reference page says and the OpenAPI file does not; default true.</summary>
    public bool RequiresPublishFlags { get; init; } = true;

    /// <summary>Whether publish answers an empty body, as the OpenAPI file says, instead of <c>{}</c>; default false.</summary>
    public bool EmptyPublishAnswer { get; init; }

    /// <summary>Form of <c>external</c> in a product; unconfirmed, default an object.</summary>
    public ExternalForm External { get; init; }

    /// <summary>Whether <c>errors.reason</c> is JSON inside text; seen both ways, default false.</summary>
    public bool ReasonIsJson { get; init; }

    /// <summary>Faults by chance.</summary>
    public RandomFaults Random { get; init; } = new();
}
