namespace PodEngine.Simulators.Pictures;

/// <summary>The ground of a picture: a value from 0 to 1 for each point of the plane.</summary>
internal sealed class Field
{
    private readonly int kind;
    private readonly double a;
    private readonly double b;
    private readonly double angle;
    private readonly (double U, double V)[] seeds;

    public Field(ref Dice dice)
    {
        kind = dice.Below(5);
        a = dice.Between(2, 9);
        b = dice.Between(2, 9);
        angle = dice.Between(0, Math.Tau);
        seeds = new (double, double)[5 + dice.Below(8)];
        for (var i = 0; i < seeds.Length; i++)
        {
            seeds[i] = (dice.Between(-1, 1), dice.Between(-1, 1));
        }
    }

    public double At(double u, double v)
    {
        var (du, dv) = (u - seeds[0].U, v - seeds[0].V);
        return kind switch
        {
            0 => 0.5 + (0.25 * (Math.Sin((a * u) + angle) + Math.Sin((b * v) - (a * u * 0.5)))),
            1 => Fraction(Math.Sqrt((du * du) + (dv * dv)) * a * 0.4),
            2 => Fraction((Math.Atan2(dv, du) / Math.Tau * Math.Round(a)) + (0.1 * Math.Sin(b * u))),
            3 => Cells(u, v),
            _ => Fraction((((u * Math.Cos(angle)) + (v * Math.Sin(angle))) * a * 0.5) + (0.15 * Math.Sin(b * v))),
        };
    }

    private double Cells(double u, double v)
    {
        var (nearest, distance) = (0, double.MaxValue);
        for (var i = 0; i < seeds.Length; i++)
        {
            var (du, dv) = (u - seeds[i].U, v - seeds[i].V);
            if ((du * du) + (dv * dv) is var d && d < distance)
            {
                (nearest, distance) = (i, d);
            }
        }

        return Math.Clamp(((nearest + 0.5) / seeds.Length * 0.75) + (0.25 * Math.Sqrt(distance)), 0, 1);
    }

    private static double Fraction(double value) => value - Math.Floor(value);
}
