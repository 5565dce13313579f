namespace PodEngine.Simulators.Faults;

/// <summary>A fault and how many matching requests it has still to pass and to meet; guarded by the script's lock.</summary>
internal sealed class PendingFault(Fault fault)
{
    private readonly RoutePattern route = RoutePattern.Parse(fault.Route);
    private int toPass = fault.AfterCount;
    private int left = fault.Times;

    public Fault Fault => fault;

    public bool IsSpent => left == 0;

    public bool Meets(string method, string path)
    {
        if (!route.Matches(method, path))
        {
            return false;
        }

        if (toPass > 0)
        {
            toPass--;
            return false;
        }

        if (left > 0)
        {
            left--;
        }

        return true;
    }
}
