using System.Diagnostics;
using Xunit;
using Xunit.Sdk;

namespace PodEngine.Kit;

/// <summary>Waits for a state of the world: polls with backoff (10 ms up to 250 ms) until a deadline, and says what was missing. Cancelled with the running test.</summary>
public static class Eventually
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Returns once <paramref name="condition"/> holds. An exception of the condition counts as "not yet".</summary>
    /// <exception cref="XunitException">It did not hold within the timeout; the last exception, if any, is its cause.</exception>
    public static async Task Holds(Func<Task<bool>> condition, TimeSpan? timeout = null, string? because = null) =>
        await Returns(async () => await condition() ? true : (bool?)null, timeout, because);

    /// <inheritdoc cref="Holds(Func{Task{bool}}, TimeSpan?, string?)"/>
    public static Task Holds(Func<bool> condition, TimeSpan? timeout = null, string? because = null) =>
        Holds(() => Task.FromResult(condition()), timeout, because);

    /// <summary>Returns once the assertions pass; on timeout the last assertion's message is in the failure.</summary>
    public static async Task Passes(Func<Task> assertions, TimeSpan? timeout = null, string? because = null) =>
        await Holds(async () => { await assertions(); return true; }, timeout, because);

    /// <summary>Returns the first value of <paramref name="probe"/> that is not null.</summary>
    public static async Task<T> Returns<T>(Func<Task<T?>> probe, TimeSpan? timeout = null, string? because = null)
        where T : struct
    {
        T result = default;
        await Poll(async () =>
        {
            var value = await probe();
            result = value.GetValueOrDefault();
            return value.HasValue;
        }, timeout, because);
        return result;
    }

    /// <inheritdoc cref="Returns{T}(Func{Task{T?}}, TimeSpan?, string?)"/>
    public static async Task<T> Returns<T>(Func<Task<T?>> probe, TimeSpan? timeout = null, string? because = null)
        where T : class
    {
        T? result = null;
        await Poll(async () => (result = await probe()) is not null, timeout, because);
        return result!;
    }

    private static async Task Poll(Func<Task<bool>> condition, TimeSpan? timeout, string? because)
    {
        var limit = timeout ?? DefaultTimeout;
        var cancellationToken = TestContext.Current.CancellationToken;
        var pause = TimeSpan.FromMilliseconds(10);
        var watch = Stopwatch.StartNew();
        Exception? last = null;
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (await condition())
                {
                    return;
                }

                last = null;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                last = exception;
            }

            if (watch.Elapsed >= limit)
            {
                throw new XunitException(Describe(because, limit, tries, last), last);
            }

            await Task.Delay(pause, TimeProvider.System, cancellationToken);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, TimeSpan.FromMilliseconds(250).Ticks));
        }
    }

    private static string Describe(string? because, TimeSpan limit, int tries, Exception? last) =>
        $"{because ?? "the condition"}: still not so after {limit.TotalSeconds:0.#} s and {tries} tries"
        + (last is null ? "" : $"; last: {last.GetType().Name}: {last.Message}");
}
