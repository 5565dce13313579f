using System.Collections.Concurrent;

namespace PodEngine.Kubernetes;

/// <summary>The living objects behind an observable gauge: each is asked for as long as its registration is not disposed.</summary>
internal sealed class ObservedSet<T>
{
    private readonly ConcurrentDictionary<Registration, Func<T>> observed = new();

    public IEnumerable<T> Observe() => observed.Values.Select(static observe => observe());

    public IDisposable Add(Func<T> observe)
    {
        var registration = new Registration(this);
        observed[registration] = observe;
        return registration;
    }

    private sealed class Registration(ObservedSet<T> owner) : IDisposable
    {
        public void Dispose() => owner.observed.TryRemove(this, out _);
    }
}
