namespace PodEngine.Simulators.Pictures;

/// <summary>Rows of palette indexes, asked for from top to bottom.</summary>
internal interface IPixelSource
{
    int Width { get; }

    int Height { get; }

    /// <summary>Red, green, blue of each index.</summary>
    ReadOnlySpan<byte> Palette { get; }

    /// <summary>Whether row <paramref name="y"/> equals the one above it.</summary>
    bool RepeatsRowAbove(int y);

    void Fill(int y, Span<byte> row);
}
