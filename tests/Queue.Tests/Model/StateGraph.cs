namespace PodEngine.Queue.Tests.Model;

/// <summary>Numbered states and the steps between them.</summary>
internal sealed class StateGraph
{
    private readonly List<(int From, int To)> _steps = [];

    public int Steps => _steps.Count;

    public void Add(int from, int to) => _steps.Add((from, to));

    /// <summary>For each state whether one of the goals can be reached from it.</summary>
    public bool[] LeadingTo(IReadOnlyList<int> goals, int states)
    {
        var (first, before) = Backwards(states);
        var leads = new bool[states];
        var open = new Queue<int>(goals);
        foreach (var goal in goals)
        {
            leads[goal] = true;
        }

        while (open.TryDequeue(out var state))
        {
            foreach (var from in before.AsSpan(first[state]..first[state + 1]))
            {
                if (!leads[from])
                {
                    leads[from] = true;
                    open.Enqueue(from);
                }
            }
        }

        return leads;
    }

    /// <summary>Where steps to a state come from: <c>before[first[state]..first[state + 1]]</c>. Two flat arrays, for there are millions.</summary>
    private (int[] First, int[] Before) Backwards(int states)
    {
        var first = new int[states + 1];
        foreach (var (_, to) in _steps)
        {
            first[to + 1]++;
        }

        for (var state = 0; state < states; state++)
        {
            first[state + 1] += first[state];
        }

        var next = first.AsSpan().ToArray();
        var before = new int[_steps.Count];
        foreach (var (from, to) in _steps)
        {
            before[next[to]++] = from;
        }

        return (first, before);
    }
}
