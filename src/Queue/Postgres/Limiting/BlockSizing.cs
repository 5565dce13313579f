using PodEngine.Queue.Limits;

namespace PodEngine.Queue.Postgres.Limiting;

/// <summary>
/// How large a block of permits to ask for, and for how long. Large and long blocks save questions; what is not used of a block, and the time it counts
/// beyond its use, are lost. So a block is at most half a percent of the limit (1 of 100 per minute, 3 of 600, 10 of 2,000), grows only while this
/// process uses blocks up in time, and lasts a twentieth of the window: together far below the tenth that may be lost.
/// </summary>
internal sealed class BlockSizing
{
    private const int BlocksPerLimit = 200;
    private const int LivesPerWindow = 20;

    // A block must outlive the way back of its answer, or nothing of it can be used.
    private const int LivesPerAnswer = 4;

    private int _size = 1;
    private TimeSpan _answer;

    /// <summary>Permits to ask for when <paramref name="least"/> are needed and <paramref name="waiting"/> askers of this process could use more.</summary>
    public int Permits(RateLimit limit, int least, int waiting)
    {
        var most = Math.Max(1, limit.Permits / BlocksPerLimit);
        return Math.Max(least, Math.Min(most, Math.Max(_size, waiting)));
    }

    /// <summary>How long the block shall be usable.</summary>
    public TimeSpan UsableFor(RateLimit limit)
    {
        var usual = limit.Window / LivesPerWindow;
        var needed = _answer * LivesPerAnswer;
        return needed <= usual ? usual : needed < limit.Window ? needed : limit.Window;
    }

    /// <summary>Learns from a block that is over.</summary>
    public void Note(PermitBlock block) => _size = block.Left == 0 ? Math.Min(block.Used * 2, RateLimit.MostPermits) : Math.Max(1, block.Used);

    /// <summary>Learns how long the store took to answer; slow answers are remembered for a while.</summary>
    public void Note(TimeSpan answer)
    {
        var faded = _answer * 0.9;
        _answer = answer > faded ? answer : faded;
    }
}
