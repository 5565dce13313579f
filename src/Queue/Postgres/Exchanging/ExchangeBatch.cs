using System.Threading.Channels;

namespace PodEngine.Queue.Postgres.Exchanging;

/// <summary>What goes to the store next.</summary>
internal sealed class ExchangeBatch(int most)
{
    public List<PendingWrite> Completions { get; } = [];

    /// <summary>Writes that cannot take the straight path.</summary>
    public List<PendingWrite> Others { get; } = [];

    public List<PendingClaim> Claims { get; } = [];

    public int Writes => Completions.Count + Others.Count;

    public bool IsFull => Writes + Claims.Count >= most;

    /// <summary>Takes what is waiting now, as much as fits.</summary>
    public void Gather(ChannelReader<object> waiting)
    {
        while (!IsFull && waiting.TryRead(out var pending))
        {
            switch (pending)
            {
                case PendingWrite { IsCompletion: true } completion:
                    Completions.Add(completion);
                    break;
                case PendingWrite write:
                    Others.Add(write);
                    break;
                case PendingClaim { IsAbandoned: false } claim:
                    Claims.Add(claim);
                    break;
                default:
                    break;
            }
        }
    }

    public void Clear()
    {
        Completions.Clear();
        Others.Clear();
        Claims.Clear();
    }
}
