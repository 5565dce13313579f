using System.Collections.Concurrent;

namespace PodEngine.Providers.Printify;

/// <summary>Keeps variants for a while: they change slowly and the catalogue's rate limit is low. One caller asks, the others wait for its answer.</summary>
/// <param name="lifetime">How long an answer is kept.</param>
/// <param name="time">The clock.</param>
internal sealed class VariantCache(TimeSpan lifetime, TimeProvider time)
{
    private readonly ConcurrentDictionary<(int Blueprint, int PrintProvider), Entry> _entries = new();

    public async Task<IReadOnlyList<CatalogVariant>> GetAsync(
        int blueprintId, int printProviderId, Func<Task<IReadOnlyList<CatalogVariant>>> ask, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd((blueprintId, printProviderId), _ => new());
        if (entry.Fresh(lifetime, time) is { } known)
        {
            return known;
        }

        await entry.Asking.WaitAsync(cancellationToken);
        try
        {
            return entry.Fresh(lifetime, time) ?? entry.Keep(await ask(), time);
        }
        finally
        {
            entry.Asking.Release();
        }
    }

    private sealed class Entry
    {
        private volatile Kept? _kept;

        public SemaphoreSlim Asking { get; } = new(1, 1);

        public IReadOnlyList<CatalogVariant>? Fresh(TimeSpan lifetime, TimeProvider time) =>
            _kept is { } kept && time.GetElapsedTime(kept.At) < lifetime ? kept.Variants : null;

        public IReadOnlyList<CatalogVariant> Keep(IReadOnlyList<CatalogVariant> variants, TimeProvider time)
        {
            _kept = new(variants, time.GetTimestamp());
            return variants;
        }
    }

    private sealed record Kept(IReadOnlyList<CatalogVariant> Variants, long At);
}
