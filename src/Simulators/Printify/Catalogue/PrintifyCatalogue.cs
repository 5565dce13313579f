namespace PodEngine.Simulators.Printify.Catalogue;

/// <summary>
/// The catalogue: a small part of the real one with its blueprint and provider numbers. Variant ids are stable here and need not be Printify's own;
/// clients find them by colour and size.
/// </summary>
internal static class PrintifyCatalogue
{
    public const int PrintifyChoice = 99;

    private static readonly string[] TeeColours =
        ["White", "Black", "Navy", "Sport Grey", "Dark Heather", "Red", "Royal", "Forest Green", "Maroon", "Sand", "Light Blue", "Military Green", "Purple", "Charcoal", "Ash"];

    private static readonly string[] FleeceColours =
        ["White", "Black", "Navy", "Sport Grey", "Dark Heather", "Red", "Royal", "Forest Green", "Maroon", "Sand", "Charcoal", "Light Pink"];

    private static readonly string[] TeeSizes = ["S", "M", "L", "XL", "2XL", "3XL", "4XL", "5XL"];

    private static readonly string[] FleeceSizes = ["S", "M", "L", "XL", "2XL", "3XL"];

    private static readonly Placeholder[] TeePrint =
        [new("front", "dtg", 3951, 4800), new("back", "dtg", 3951, 4800), new("neck", "dtg", 975, 975), new("left_sleeve", "dtg", 975, 975), new("right_sleeve", "dtg", 975, 975)];

    private static readonly Placeholder[] FleecePrint = [new("front", "dtg", 3531, 3531), new("back", "dtg", 3531, 4238), new("neck", "dtg", 975, 975)];

    private static readonly string[] PosterSizes = ["11″ x 14″", "12″ x 18″", "16″ x 20″", "18″ x 24″", "20″ x 30″", "24″ x 36″"];

    public static IReadOnlyList<PrintProvider> Providers { get; } =
    [
        new(1, "SPOKE Custom Products", "89 Weirfield St", "Brooklyn", "US", "NY", "11221"),
        new(2, "Sensaria", "5425 Klein Rd", "Saint Louis", "US", "MO", "63116"),
        new(28, "District Photo", "10501 Rhode Island Ave", "Beltsville", "US", "MD", "20705"),
        new(29, "Monster Digital", "7900 N 73rd St", "Milwaukee", "US", "WI", "53223"),
        new(39, "SwiftPOD", "1031 Linda Vista Ave", "Mountain View", "US", "CA", "94043"),
        new(PrintifyChoice, "Printify Choice", "108 West 13th Street", "Wilmington", "US", "DE", "19801"),
    ];

    public static IReadOnlyList<Blueprint> Blueprints { get; } =
    [
        new(5, "Unisex Cotton Crew Tee", "Next Level", "3600", "A light fitted crew tee.", [29, 39, PrintifyChoice], Apparel(17_000, TeeColours, FleeceSizes, TeePrint, 1054)),
        new(6, "Unisex Heavy Cotton Tee", "Gildan", "5000", "The unisex heavy cotton tee, a basic of every wardrobe.", [29, 39, PrintifyChoice], Apparel(11_950, TeeColours, TeeSizes, TeePrint, 886)),
        new(12, "Unisex Jersey Short Sleeve Tee", "Bella+Canvas", "3001", "A soft jersey tee.", [29, 39, PrintifyChoice], Apparel(18_050, TeeColours, FleeceSizes, TeePrint, 1123)),
        new(49, "Unisex Heavy Blend™ Crewneck Sweatshirt", "Gildan", "18000", "A warm crewneck.", [29, 39, PrintifyChoice], Apparel(25_370, FleeceColours, FleeceSizes, FleecePrint, 1803)),
        new(68, "Mug 11oz", "Generic brand", "", "White ceramic mug.", [1, 28, 39, PrintifyChoice], Mugs(33_719, "11oz")),
        new(77, "Unisex Heavy Blend™ Hooded Sweatshirt", "Gildan", "18500", "A hoodie for cold days.", [29, 39, PrintifyChoice], Apparel(32_870, FleeceColours, FleeceSizes, FleecePrint, 2212)),
        new(282, "Matte Vertical Posters", "Generic brand", "", "Posters on matte museum-grade paper.", [2, 28, 39, PrintifyChoice], Posters(43_135)),
        new(478, "Ceramic Mug (11oz, 15oz)", "Generic brand", "", "White ceramic mugs in two sizes.", [28, 39, PrintifyChoice], Mugs(65_216, "11oz", "15oz")),
    ];

    public static Blueprint? Find(long blueprintId) => Blueprints.FirstOrDefault(blueprint => blueprint.Id == blueprintId);

    private static List<CatalogueVariant> Apparel(int firstId, string[] colours, string[] sizes, Placeholder[] print, int costCents) =>
    [
        .. from colour in colours.Index()
           from size in sizes.Index()
           select new CatalogueVariant(
               firstId + (colour.Index * sizes.Length) + size.Index,
               $"{colour.Item} / {size.Item}",
               [("color", colour.Item), ("size", size.Item)],
               print,
               costCents + (Math.Max(0, size.Index - 3) * 210),
               170 + (size.Index * 25)),
    ];

    private static List<CatalogueVariant> Mugs(int firstId, params string[] sizes) =>
    [
        .. sizes.Index().Select(size => new CatalogueVariant(
            firstId + size.Index, size.Item, [("size", size.Item)], [new Placeholder("front", "sublimation", 2475, 1155)], 519 + (size.Index * 250), 440)),
    ];

    private static List<CatalogueVariant> Posters(int firstId) =>
    [
        .. PosterSizes.Index().Select(size => new CatalogueVariant(
            firstId + (size.Index * 3),
            $"{size.Item} / Matte",
            [("size", size.Item), ("paper", "Matte")],
            [new Placeholder("front", "digital-printing", 3300 + (size.Index * 750), 4200 + (size.Index * 1300))],
            601 + (size.Index * 190),
            120 + (size.Index * 40))),
    ];
}
