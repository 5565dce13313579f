using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using PodEngine.Kubernetes.Client.Credentials;

namespace PodEngine.Kubernetes.Client;

/// <summary>Builds the HTTP handler for a connection: TLS by the cluster's own authority, bounded connecting, pings on quiet connections.</summary>
internal static class KubernetesTransport
{
    private static readonly System.Security.Cryptography.Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    public static SocketsHttpHandler Create(KubernetesConnection connection)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            EnableMultipleHttp2Connections = true,
            AutomaticDecompression = DecompressionMethods.None,
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        if (connection.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy);
        }

        if (connection.Server.Scheme == Uri.UriSchemeHttps)
        {
            SetUpTls(handler.SslOptions, connection);
        }

        return handler;
    }

    private static void SetUpTls(SslClientAuthenticationOptions options, KubernetesConnection connection)
    {
        if (connection.SkipTlsVerify)
        {
#pragma warning disable CA5359 // The kubeconfig says insecure-skip-tls-verify, and so it is done.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (connection.CertificateAuthority is { } authority)
        {
            options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(authority, certificate, chain, errors);
        }

        if (connection is { ClientCertificate: { } certificate, ClientKey: { } key })
        {
            options.LocalCertificateSelectionCallback = (_, _, _, _, _) => ReadClientCertificate(certificate, key);
            _ = ReadClientCertificate(certificate, key);
        }
    }

    private static X509Certificate2 ReadClientCertificate(PemSource certificate, PemSource key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate.Read(), key.Read());
        }
        catch (System.Security.Cryptography.CryptographicException fault)
        {
            throw new KubeConfigException($"{certificate} and {key} are not a PEM certificate and its key: {fault.Message}", fault);
        }
    }

    private static bool IsTrusted(PemSource authority, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & (SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable)) != 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(authority.Read());
        foreach (var element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var server = new X509Certificate2(certificate);
        return chain.Build(server);
    }
}
