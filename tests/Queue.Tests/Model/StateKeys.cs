using System.Text;
using PodEngine.Queue.Lifecycle;

namespace PodEngine.Queue.Tests.Model;

/// <summary>Short texts that are equal for equal states.</summary>
internal sealed class StateKeys
{
    private readonly Dictionary<JobStanding, int> _standings = [];
    private readonly StringBuilder _key = new();

    public string Of(ModelState state)
    {
        _key.Clear().Append(state.Fault);
        foreach (var job in state.Jobs)
        {
            Put(Number(job.Standing), (int)job.NewestToken, job.Settled ? 1 : 0);
        }

        foreach (var lease in state.Leases)
        {
            Put('L', (int)lease.Token, lease.Worker + 1, lease.Jobs.Sum(job => 1 << job));
        }

        foreach (var lease in state.Rescuing)
        {
            Put('R', (int)lease.Token, lease.Worker + 1, lease.Jobs.Sum(job => 1 << job));
        }

        foreach (var worker in state.Workers)
        {
            Put('W', worker.Heard ? 1 : 0);
            foreach (var (job, token) in worker.Held)
            {
                Put(job, (int)token);
            }
        }

        if (state.Stray is { } stray)
        {
            Put('S', stray.Job, (int)stray.Token, (int)stray.Kind);
        }

        return _key.ToString();
    }

    private int Number(JobStanding standing)
    {
        if (!_standings.TryGetValue(standing, out var number))
        {
            number = _standings.Count;
            _standings.Add(standing, number);
        }

        return number;
    }

    private void Put(params ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers)
        {
            _key.Append((char)number);
        }
    }
}
