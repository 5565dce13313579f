using PodEngine.Simulators.Claude;
using PodEngine.Simulators.ComfyUI;
using PodEngine.Simulators.Knobs;
using PodEngine.Simulators.Printify;
using PodEngine.Simulators.RunPod;

namespace PodEngine.Simulators.Faults;

/// <summary>Faults waiting per service, and the seeded generator of random ones.</summary>
internal sealed class FaultScript
{
    /// <summary>The services that can be asked for faults.</summary>
    public static readonly IReadOnlyList<string> Services = ["claude", "comfyui", "runpod", "printify"];

    private readonly Lock gate = new();
    private readonly Dictionary<string, List<PendingFault>> pending = Services.ToDictionary(name => name, _ => new List<PendingFault>());
    private Random random;
    private int seed;

    public FaultScript(KnobStore knobs)
    {
        seed = knobs.Current.FaultSeed;
        random = new Random(seed);
        knobs.Replaced += Reseed;
    }

    public void Add(string service, Fault fault)
    {
        if (!pending.TryGetValue(service, out var faults))
        {
            throw new ArgumentException($"unknown service '{service}': use one of {string.Join(", ", Services)}", nameof(service));
        }

        Check(service, fault);
        lock (gate)
        {
            faults.Add(new PendingFault(fault));
        }
    }

    public IReadOnlyList<Fault> Waiting(string service)
    {
        lock (gate)
        {
            return pending.TryGetValue(service, out var faults) ? [.. faults.Select(fault => fault.Fault)] : [];
        }
    }

    public void Clear(string? service = null)
    {
        lock (gate)
        {
            foreach (var (name, faults) in pending)
            {
                if (service is null || service == name)
                {
                    faults.Clear();
                }
            }

            random = new Random(seed);
        }
    }

    /// <summary>The scripted fault this request meets, or a random one, or none.</summary>
    public Fault? Take(string service, string method, string path, RandomFaults chances)
    {
        lock (gate)
        {
            var faults = pending[service];
            var hit = faults.Find(fault => fault.Meets(method, path));
            if (hit is not null)
            {
                if (hit.IsSpent)
                {
                    faults.Remove(hit);
                }

                return hit.Fault;
            }

            return Draw(chances);
        }
    }

    private static void Check(string service, Fault fault)
    {
        if (fault.Kind != FaultKind.Variant)
        {
            return;
        }

        string[] known = service switch
        {
            "claude" => Enum.GetNames<ClaudeVariant>(),
            "comfyui" => Enum.GetNames<ComfyVariant>(),
            "runpod" => Enum.GetNames<RunPodVariant>(),
            _ => Enum.GetNames<PrintifyVariant>(),
        };
        if (!known.Contains(fault.Variant, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"unknown variant '{fault.Variant}' of {service}: use one of {string.Join(", ", known)}", nameof(fault));
        }
    }

    private Fault? Draw(RandomFaults chances)
    {
        var total = chances.DropRate + chances.DropAfterEffectRate + chances.ErrorRate + chances.SlowRate;
        if (total <= 0)
        {
            return null;
        }

        var draw = random.NextDouble();
        if ((draw -= chances.DropRate) < 0)
        {
            return new Fault { Kind = FaultKind.Drop };
        }

        if ((draw -= chances.DropAfterEffectRate) < 0)
        {
            return new Fault { Kind = FaultKind.DropAfterEffect };
        }

        if ((draw -= chances.ErrorRate) < 0)
        {
            return new Fault { Kind = FaultKind.Status, Status = chances.ErrorStatus, RetryAfter = chances.RetryAfter };
        }

        return draw - chances.SlowRate < 0 ? new Fault { Kind = FaultKind.Slow, DelayMs = chances.SlowMs } : null;
    }

    private void Reseed(SimulatorKnobs knobs)
    {
        lock (gate)
        {
            if (knobs.FaultSeed != seed)
            {
                seed = knobs.FaultSeed;
                random = new Random(seed);
            }
        }
    }
}
