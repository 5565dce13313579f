using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Printify;

/// <summary>Token, User-Agent and the three rate limits, checked before every Printify route.</summary>
internal sealed class PrintifyGate(PrintifyState state)
{
    private const string Scheme = "Bearer ";

    private readonly RequestWindow all = new(state.Time, TimeSpan.FromMinutes(1));
    private readonly RequestWindow catalogue = new(state.Time, TimeSpan.FromMinutes(1));
    private readonly RequestWindow publishes = new(state.Time, TimeSpan.FromMinutes(30));

    public void Clear()
    {
        all.Clear();
        catalogue.Clear();
        publishes.Clear();
    }

    public async ValueTask<bool> PassAsync(HttpContext context)
    {
        var knobs = state.Knobs;
        PrintifyErrors.CorrelationOf(context);
        var status = StatusOf(context.Request, knobs);
        if (status == 200)
        {
            return true;
        }

        await (status == 400
            ? PrintifyErrors.WriteBusinessAsync(context, 400, knobs.ValidationCode, "Validation failed.", "the User-Agent header is required", knobs)
            : PrintifyErrors.WriteAsync(context, status, "", knobs));
        return false;
    }

    private int StatusOf(HttpRequest request, PrintifyKnobs knobs)
    {
        var authorization = request.Headers.Authorization.ToString();
        var token = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : "";
        if (token.Length == 0 || (knobs.Token is not null && knobs.Token != token))
        {
            return 401;
        }

        if (knobs.RequiresUserAgent && request.Headers.UserAgent.Count == 0)
        {
            return 400;
        }

        var path = request.Path.Value!;
        return Take(all, knobs.RequestsPerMinute, knobs)
            && (!path.Contains("/catalog/", StringComparison.Ordinal) || Take(catalogue, knobs.CatalogueRequestsPerMinute, knobs))
            && (!path.EndsWith("/publish.json", StringComparison.Ordinal) || Take(publishes, knobs.PublishesPerHalfHour, knobs))
            ? 200
            : 429;
    }

    private static bool Take(RequestWindow window, int limit, PrintifyKnobs knobs) => window.TryTake(limit, knobs.SlidingWindow);
}
