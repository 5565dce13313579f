namespace PodEngine.Simulators.Printify.Catalogue;

/// <summary>A place that can be printed on; width and height are pixels of the print file.</summary>
internal sealed record Placeholder(string Position, string DecorationMethod, int Width, int Height);
