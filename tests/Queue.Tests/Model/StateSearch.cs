namespace PodEngine.Queue.Tests.Model;

/// <summary>
/// Visits every state that can be reached, nearest first, so that the first fault met has the shortest way to it. Then asks whether the goal can still
/// be reached from everywhere.
/// </summary>
/// <param name="steps">What may happen next, always in the same order.</param>
/// <param name="key">Equal for states that are the same.</param>
/// <param name="fault">The promise a state breaks; null for none.</param>
/// <param name="isGoal">Whether the world has got where it shall be able to get from everywhere.</param>
internal sealed class StateSearch<TState>(
    Func<TState, IEnumerable<ModelStep<TState>>> steps, Func<TState, string> key, Func<TState, string?> fault, Predicate<TState> isGoal)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Queue<TState> _open = new();
    private readonly List<(int From, int Choice)> _reachedBy = [];
    private readonly List<int> _goals = [];
    private readonly StateGraph _graph = new();

    public SearchResult Run(TState initial)
    {
        Visit(initial, from: -1, choice: 0);
        for (var number = 0; _open.TryDequeue(out var state); number++)
        {
            if (fault(state) is { } broken)
            {
                return new SearchResult(_numbers.Count, _graph.Steps, broken, PathTo(number, initial));
            }

            var choice = 0;
            foreach (var step in steps(state))
            {
                _graph.Add(number, Visit(step.After, number, choice++));
            }
        }

        var stuck = _graph.LeadingTo(_goals, _numbers.Count).IndexOf(false);
        return stuck < 0
            ? new SearchResult(_numbers.Count, _graph.Steps, null, [])
            : new SearchResult(_numbers.Count, _graph.Steps, "from here no way leads to the end of all jobs", PathTo(stuck, initial));
    }

    private int Visit(TState state, int from, int choice)
    {
        var name = key(state);
        if (_numbers.TryGetValue(name, out var known))
        {
            return known;
        }

        var number = _numbers.Count;
        _numbers.Add(name, number);
        _reachedBy.Add((from, choice));
        _open.Enqueue(state);
        if (isGoal(state))
        {
            _goals.Add(number);
        }

        return number;
    }

    /// <summary>The way to a state, walked again from the start: only the choices were remembered.</summary>
    private List<string> PathTo(int number, TState initial)
    {
        var choices = new Stack<int>();
        for (var at = number; _reachedBy[at].From >= 0; at = _reachedBy[at].From)
        {
            choices.Push(_reachedBy[at].Choice);
        }

        var path = new List<string>();
        var state = initial;
        foreach (var choice in choices)
        {
            (var text, state) = steps(state).ElementAt(choice);
            path.Add(text);
        }

        return path;
    }
}
