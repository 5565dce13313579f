using System.Globalization;
using PodEngine.Kubernetes.Watching;

namespace PodEngine.Operator.Hosting;

/// <summary>
/// What the kubelet is told. Ready: every kind was listed and its watch spoke lately. Live: no watch is silent without knowing why; an API server
/// that is away is no reason for a restart, which would not bring it back.
/// </summary>
internal static class Probes
{
    /// <summary>What keeps the operator from being ready; empty when it is.</summary>
    public static IReadOnlyList<string> Unready(IEnumerable<IInformer> informers, ProbeLimits limits) =>
    [
        .. informers.Where(informer => !informer.IsSynced || informer.Silence > limits.LongestSilence)
            .Select(static informer => informer.IsSynced
                ? string.Create(CultureInfo.InvariantCulture, $"{informer.Name}: silent for {informer.Silence.TotalSeconds:0} s ({informer.Outage ?? "no fault known"})")
                : $"{informer.Name}: not listed yet ({informer.Outage ?? "under way"})"),
    ];

    /// <summary>What makes a restart advisable; empty when nothing does.</summary>
    public static IReadOnlyList<string> Dead(IEnumerable<IInformer> informers, ProbeLimits limits) =>
    [
        .. informers.Where(informer => informer is { IsSynced: true, Outage: null } && informer.Silence > limits.DeafAfter)
            .Select(static informer => string.Create(CultureInfo.InvariantCulture, $"{informer.Name}: silent for {informer.Silence.TotalSeconds:0} s without a fault")),
    ];

    /// <summary>The answer to a probe.</summary>
    public static IResult Answer(IReadOnlyList<string> faults) => faults.Count == 0
        ? Results.Text("ok\n")
        : Results.Text(string.Join('\n', faults) + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
