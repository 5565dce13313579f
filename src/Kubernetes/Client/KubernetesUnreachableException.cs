using System.Net.Sockets;
using System.Security.Authentication;

namespace PodEngine.Kubernetes.Client;

/// <summary>No answer came from the API server: it may or may not have done what was asked. The message says what to check.</summary>
public sealed class KubernetesUnreachableException : Exception
{
    internal KubernetesUnreachableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal static KubernetesUnreachableException From(KubernetesConnection connection, string call, Exception fault) =>
        new($"{call}: cannot reach the API server at {connection.Server} ({Innermost(fault)}). {Advice(connection, fault)}", fault);

    internal static KubernetesUnreachableException NoAnswer(KubernetesConnection connection, string call, TimeSpan timeout, Exception? fault) =>
        new($"{call}: the API server at {connection.Server} did not answer within {timeout.TotalSeconds:0} s. Check its health and the network to it.", fault);

    private static string Advice(KubernetesConnection connection, Exception fault) => Chain(fault).Select(each => each switch
    {
        AuthenticationException => $"Its certificate is not what {connection.Source} expects: check certificate-authority and tls-server-name.",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } => $"Its name does not resolve: check the address in {connection.Source}.",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => $"Nothing listens there: check that it runs and that {connection.Source} names the right port.",
        _ => null,
    }).FirstOrDefault(static advice => advice is not null) ?? $"Check that it runs, the network to it, and {connection.Source}.";

    private static string Innermost(Exception fault) => Chain(fault).Last().Message.TrimEnd('.');

    private static IEnumerable<Exception> Chain(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            yield return fault;
        }
    }
}
