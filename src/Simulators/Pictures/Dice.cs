namespace PodEngine.Simulators.Pictures;

/// <summary>SplitMix64: a small generator whose sequence is the same everywhere (https://prng.di.unimi.it/splitmix64.c).</summary>
internal struct Dice(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 ≤ value &lt; <paramref name="end"/>.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>.</summary>
    public double Between(double low, double high) => low + ((high - low) * ((Next() >> 11) / (double)(1UL << 53)));
}
