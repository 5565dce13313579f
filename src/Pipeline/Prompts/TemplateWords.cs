namespace PodEngine.Pipeline.Prompts;

/// <summary>The words of the template writer. The lengths of the lists have no common factor, so their combinations do not repeat early.</summary>
internal static class TemplateWords
{
    /// <summary>A word for the title and a phrase for the prompt.</summary>
    internal sealed record Phrase(string Name, string Prompt);

    /// <summary>How the subject is put into the picture: 13.</summary>
    public static IReadOnlyList<Phrase> Scenes { get; } =
    [
        new("horizon", "wide scene with a low horizon behind it"),
        new("emblem", "framed as a round emblem"),
        new("portrait", "close portrait, facing the viewer"),
        new("journey", "in motion from left to right"),
        new("dream", "floating among drifting shapes"),
        new("garden", "surrounded by leaves and blossoms"),
        new("skyline", "against a stylised skyline"),
        new("constellation", "drawn as lines between stars"),
        new("totem", "stacked symmetrically as a totem"),
        new("wave", "rising out of a curling wave"),
        new("badge", "inside a shield-shaped badge"),
        new("mosaic", "built from angular mosaic pieces"),
        new("glow", "lit from behind with a soft rim of light"),
    ];

    /// <summary>Colours: 11.</summary>
    public static IReadOnlyList<Phrase> Palettes { get; } =
    [
        new("neon", "electric pink and cyan on deep violet"),
        new("sunset", "warm orange fading into magenta"),
        new("midnight", "navy and silver with one bright accent"),
        new("retro", "faded teal, mustard and brick red"),
        new("monochrome", "black and white with strong shadows"),
        new("forest", "moss green, bark brown and cream"),
        new("pastel", "soft mint, peach and lavender"),
        new("golden", "gold lines on a dark ground"),
        new("arctic", "ice blue, white and slate"),
        new("desert", "terracotta, sand and sage"),
        new("ember", "glowing red and charcoal"),
    ];

    /// <summary>Handwork: 7.</summary>
    public static IReadOnlyList<string> Details { get; } =
    [
        "crisp vector lines", "fine ink hatching", "screen-print texture", "flat geometric shapes", "bold outlines with flat fills", "halftone shading", "paper-cut layers",
    ];

    /// <summary>Subjects for a brief that names none: 17.</summary>
    public static IReadOnlyList<string> Subjects { get; } =
    [
        "mountain sunrise", "curious fox", "sailing ship", "sleeping cat", "wild horse", "paper crane", "old lighthouse", "night owl", "sea turtle", "hummingbird",
        "hot air balloon", "desert cactus", "tall pine trees", "blue whale", "vintage bicycle", "running wolf", "full moon",
    ];

    /// <summary>Different titles for one theme: 13 × 11.</summary>
    public static int Combinations => Scenes.Count * Palettes.Count;
}
