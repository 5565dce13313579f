using PodEngine.Queue;

namespace PodEngine.QueueHistory.Tests.Load;

/// <summary>Repeats what the queue could not answer until it does, as every caller of it may.</summary>
internal static class Persistence
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (QueueUnavailableException)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }
}
