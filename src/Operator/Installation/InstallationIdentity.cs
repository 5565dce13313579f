namespace PodEngine.Operator.Installation;

/// <summary>
/// Which installation this is: the UUID on every row. Written once, by the leader before its duties begin; read by all of them.
/// </summary>
internal sealed class InstallationIdentity
{
    /// <summary>The UUID.</summary>
    /// <exception cref="InvalidOperationException">No leader's duties have begun yet.</exception>
    public Guid Id
    {
        get => field == Guid.Empty ? throw new InvalidOperationException("The installation is not known before the leader's duties begin.") : field;
        set => field = value;
    }
}
