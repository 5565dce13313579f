using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Tests.Client;

public sealed class AuthorityRotationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("authority-").FullName;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    private string AuthorityFile => Path.Combine(folder, "ca.crt");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_new_authority_in_the_file_is_trusted_and_the_old_one_no_longer_without_a_restart()
    {
        using var old = Authority("old");
        using var rotated = Authority("new");
        using var ofOld = Server(old);
        using var ofNew = Server(rotated);
        var presented = ofOld;
        await File.WriteAllTextAsync(AuthorityFile, old.ExportCertificatePem(), Ending);
        await using var server = await ScriptedServer.StartWithTlsAsync(
            () => Volatile.Read(ref presented), static (context, _) => context.Response.WriteAsync("""{"metadata":{"name":"a"}}"""));
        using var client = new KubernetesClient(KubernetesConnection.FromKubeConfig(await WriteConfigAsync(server.Address)), TimeProvider.System);
        Assert.Equal("a", await ReadAsync(client));

        Volatile.Write(ref presented, ofNew);
        var early = await Assert.ThrowsAsync<KubernetesUnreachableException>(() => ReadAsync(client));
        Assert.Contains("certificate-authority", early.Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(AuthorityFile, rotated.ExportCertificatePem(), Ending);
        Assert.Equal("a", await ReadAsync(client));
        Volatile.Write(ref presented, ofOld);
        await Assert.ThrowsAsync<KubernetesUnreachableException>(() => ReadAsync(client));
    }

    private static async Task<string?> ReadAsync(KubernetesClient client) =>
        (await client.GetAsync(BuiltIn.ConfigMaps, new ResourceKey("n", "a"), Ending)).Metadata.Name;

    private async Task<string> WriteConfigAsync(Uri server)
    {
        var path = Path.Combine(folder, "config");
        await File.WriteAllTextAsync(path, $$$"""
            current-context: main
            contexts:
            - {name: main, context: {cluster: one, user: alice}}
            clusters:
            - {name: one, cluster: {server: "{{{server}}}", certificate-authority: ca.crt}}
            users:
            - {name: alice, user: {token: a-token}}
            """, Ending);
        return path;
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }

    private static X509Certificate2 Server(X509Certificate2 authority)
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(150), RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);

        // A server needs a key that outlives this one.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
