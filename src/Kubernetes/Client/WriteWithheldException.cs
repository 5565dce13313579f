namespace PodEngine.Kubernetes.Client;

/// <summary>
/// A write was not sent, because the guard of <see cref="KubernetesClient.Guarded"/> said no: this process may not write any more. Nothing of
/// it reached the API server. It is no refusal of the API server, so that nobody repeats it as one.
/// </summary>
public sealed class WriteWithheldException : Exception
{
    internal WriteWithheldException(string call)
        : base($"{call}: withheld, because this process may not write any more. Nothing was sent.")
    {
    }
}
