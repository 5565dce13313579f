namespace PodEngine.Simulators.Pictures;

/// <summary>A disc, ring, box or diamond over the field.</summary>
internal readonly struct Shape
{
    private readonly int kind;
    private readonly double u;
    private readonly double v;
    private readonly double size;
    private readonly double value;

    public Shape(ref Dice dice)
    {
        kind = dice.Below(4);
        u = dice.Between(-0.8, 0.8);
        v = dice.Between(-0.8, 0.8);
        size = dice.Between(0.06, 0.34);
        value = dice.Between(0, 1);
    }

    /// <summary>The value at a point: the shape's own inside it, <paramref name="ground"/> outside.</summary>
    public double Cover(double pointU, double pointV, double ground)
    {
        var (du, dv) = (Math.Abs(pointU - u), Math.Abs(pointV - v));
        var inside = kind switch
        {
            0 => (du * du) + (dv * dv) < size * size,
            1 => Math.Abs(Math.Sqrt((du * du) + (dv * dv)) - size) < size * 0.25,
            2 => du < size && dv < size * 0.6,
            _ => du + dv < size,
        };
        return inside ? Math.Clamp((value * 0.8) + (ground * 0.2), 0, 1) : ground;
    }
}
