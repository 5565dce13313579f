namespace PodEngine.Kubernetes.Client.Credentials;

/// <summary>The way to the API server cannot be made out from what is configured. The message names the file and entry, and what to change.</summary>
public sealed class KubeConfigException : Exception
{
    internal KubeConfigException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
