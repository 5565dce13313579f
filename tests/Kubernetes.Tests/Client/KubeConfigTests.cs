using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Client.Credentials;

namespace PodEngine.Kubernetes.Tests.Client;

public sealed class KubeConfigTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kubeconfig-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_current_context_leads_to_its_cluster_user_and_namespace()
    {
        var path = Write("config", """
            current-context: b
            contexts:
            - {name: a, context: {cluster: one, user: alice}}
            - {name: b, context: {cluster: two, user: bob, namespace: shop}}
            clusters:
            - {name: one, cluster: {server: "https://one:6443"}}
            - {name: two, cluster: {server: "https://two:6443/prefix", tls-server-name: kube.two, insecure-skip-tls-verify: true}}
            users:
            - {name: alice, user: {token: a-token}}
            - {name: bob, user: {tokenFile: tokens/bob}}
            """);

        var connection = KubernetesConnection.FromKubeConfig(path);
        var other = KubernetesConnection.FromKubeConfig(path, "a");

        Assert.Equal(("https://two:6443/prefix", "shop", "kube.two"), (connection.Server.ToString(), connection.Namespace, connection.TlsServerName));
        Assert.Equal((Path.Combine(folder, "tokens/bob"), true), (connection.TokenFile, connection.SkipTlsVerify));
        Assert.Equal(("https://one:6443/", "a-token", null), (other.Server.ToString(), other.Token, other.Namespace));
    }

    [Fact]
    public void Of_several_files_the_first_to_name_an_entry_wins_and_missing_files_are_passed_over()
    {
        var first = Write("first", """
            contexts:
            - {name: main, context: {cluster: one, user: alice}}
            users:
            - {name: alice, user: {token: from-first}}
            """);
        var second = Write("second", """
            current-context: main
            clusters:
            - {name: one, cluster: {server: "https://second:6443"}}
            users:
            - {name: alice, user: {token: from-second}}
            """);

        var connection = KubeConfig.Load([first, Path.Combine(folder, "missing"), second], null);

        Assert.Equal(("https://second:6443/", "from-first"), (connection.Server.ToString(), connection.Token));
    }

    [Theory]
    [InlineData("exec: {command: aws}", "an exec plugin (aws)")]
    [InlineData("auth-provider: {name: oidc}", "an auth-provider (oidc)")]
    [InlineData("username: bob\n    password: secret", "a user name and password")]
    [InlineData("as: admin", "impersonation (as)")]
    public void A_way_of_signing_in_that_is_not_supported_is_refused_by_name_and_without_its_secret(string user, string means)
    {
        var path = Write("config", """
            current-context: main
            contexts:
            - {name: main, context: {cluster: one, user: bob}}
            clusters:
            - {name: one, cluster: {server: "https://one:6443"}}
            users:
            - name: bob
              user:
                USER
            """.Replace("USER", user, StringComparison.Ordinal));

        var refusal = Assert.Throws<KubeConfigException>(() => KubernetesConnection.FromKubeConfig(path));

        Assert.Contains($"User \"bob\" in {path} signs in by {means}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("tokenFile", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contexts: []", "No current-context")]
    [InlineData("current-context: gone", "There is no context \"gone\"")]
    [InlineData("current-context: c\ncontexts:\n- {name: c, context: {cluster: x, user: y}}", "names cluster \"x\", which is not in")]
    [InlineData("current-context: [unclosed", "is not a kubeconfig")]
    [InlineData("current-context: c\ncontexts:\n- {name: c, context: {cluster: x}}\nclusters:\n- {name: x, cluster: {server: nowhere}}", "no usable server address: \"nowhere\"")]
    [InlineData(
        "current-context: c\ncontexts:\n- {name: c, context: {cluster: x}}\nclusters:\n- {name: x, cluster: {server: 'https://x', certificate-authority-data: '%'}}",
        "certificate-authority of cluster \"x\" in")]
    public void What_is_wrong_with_a_file_is_said(string text, string expected)
    {
        var path = Write("config", text);

        var refusal = Assert.Throws<KubeConfigException>(() => KubernetesConnection.FromKubeConfig(path));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_said_with_what_to_do() =>
        Assert.Contains("Set KUBECONFIG", Assert.Throws<KubeConfigException>(() => KubernetesConnection.FromKubeConfig("/nowhere/config")).Message, StringComparison.Ordinal);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
