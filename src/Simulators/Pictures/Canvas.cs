namespace PodEngine.Simulators.Pictures;

/// <summary>
/// Paints a drawing: a field of waves, rays, cells or stripes in one of many palettes, with shapes on top.
/// It is computed on a grid of at most 512 cells a side, so that a large picture costs little and packs well.
/// </summary>
internal sealed class Canvas : IPixelSource
{
    private const int MaxCells = 512;

    private readonly byte[] palette;
    private readonly Field field;
    private readonly Shape[] shapes;
    private readonly int block;

    public Canvas(Drawing drawing)
    {
        Width = drawing.Width;
        Height = drawing.Height;
        block = Math.Max(1, Math.Max(Width, Height) / MaxCells);
        var dice = new Dice(drawing.Fingerprint());
        palette = PaletteOf(ref dice);
        field = new Field(ref dice);
        shapes = new Shape[4 + dice.Below(10)];
        for (var i = 0; i < shapes.Length; i++)
        {
            shapes[i] = new Shape(ref dice);
        }
    }

    public int Width { get; }

    public int Height { get; }

    public ReadOnlySpan<byte> Palette => palette;

    public bool RepeatsRowAbove(int y) => y % block != 0;

    public void Fill(int y, Span<byte> row)
    {
        var scale = 2.0 / Math.Max(Width, Height);
        var v = (y - (Height / 2.0)) * scale;
        for (var x = 0; x < Width; x += block)
        {
            var colour = ColourAt((x - (Width / 2.0)) * scale, v);
            row.Slice(x, Math.Min(block, Width - x)).Fill(colour);
        }
    }

    private byte ColourAt(double u, double v)
    {
        var value = field.At(u, v);
        foreach (var shape in shapes)
        {
            value = shape.Cover(u, v, value);
        }

        return (byte)((int)(value * 48) * 5);
    }

    // Three cosines a channel apart give soft, distinct colour runs.
    private static byte[] PaletteOf(ref Dice dice)
    {
        var colours = new byte[256 * 3];
        for (var channel = 0; channel < 3; channel++)
        {
            var phase = dice.Between(0, 1);
            var turns = 0.6 + (0.5 * dice.Below(3));
            var middle = dice.Between(0.42, 0.62);
            for (var i = 0; i < 256; i++)
            {
                var level = middle + (0.38 * Math.Cos(Math.Tau * ((turns * i / 256.0) + phase)));
                colours[(i * 3) + channel] = (byte)Math.Clamp(level * 255, 0, 255);
            }
        }

        return colours;
    }
}
