using System.Text.Json.Nodes;
using PodEngine.Kit;
using PodEngine.Kubernetes.Applying;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Kubernetes.Watching;

namespace PodEngine.Kubernetes.Tests.Client;

public sealed class KubernetesClientTests : IAsyncLifetime
{
    private Cluster cluster = null!;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => cluster = await Cluster.CreateAsync();

    public ValueTask DisposeAsync() => cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task An_object_is_created_found_changed_and_deleted()
    {
        var created = await cluster.CreateMapAsync("a");
        Assert.NotNull(created.Metadata.Uid);
        Assert.Equal("1", (await cluster.Client.GetAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Ending)).Data!["value"]);

        Assert.Equal("2", (await cluster.ChangeMapAsync("a", "2")).Data!["value"]);
        await cluster.DeleteMapAsync("a");

        Assert.Null(await cluster.Client.FindAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Ending));
    }

    [Fact]
    public async Task A_refusal_tells_its_kind()
    {
        await cluster.CreateMapAsync("a");

        var twice = await Assert.ThrowsAsync<KubernetesException>(() => cluster.CreateMapAsync("a"));
        var missing = await Assert.ThrowsAsync<KubernetesException>(() => cluster.Client.GetAsync(BuiltIn.ConfigMaps, cluster.Key("b"), Ending));
        var invalid = await Assert.ThrowsAsync<KubernetesException>(() => cluster.CreateMapAsync("Not_A_Name"));

        Assert.True(twice is { IsAlreadyExists: true, IsConflict: false });
        Assert.True(missing is { IsNotFound: true, IsKindMissing: false });
        Assert.True(invalid.IsInvalid);
        Assert.Contains("configmaps", missing.Message, StringComparison.Ordinal);
        Assert.Contains(invalid.Status.Details!.Causes!, static cause => cause.Field == "metadata.name");
    }

    [Fact]
    public async Task A_kind_that_is_not_installed_is_told_from_an_object_that_is_missing()
    {
        var refusal = await Assert.ThrowsAsync<KubernetesException>(
            () => cluster.Client.FindAsync(TestKinds.Absents, cluster.Key("a"), Ending));

        Assert.True(refusal.IsKindMissing, refusal.Message);
    }

    [Fact]
    public async Task A_list_longer_than_a_page_is_read_whole()
    {
        using var client = new KubernetesClient(cluster.Client.Connection, TimeProvider.System, new KubernetesClientOptions { PageSize = 3 });
        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => cluster.CreateMapAsync($"m-{number}")));

        var pages = await client.ListPagesAsync(BuiltIn.ConfigMaps, cluster.Objects, Ending).ToListAsync(Ending);

        Assert.True(pages.Count >= 4);
        Assert.All(pages, static page => Assert.InRange(page.Items.Count, 0, 3));
        Assert.Equal(10, pages.SelectMany(static page => page.Items).Count(static map => map.Metadata.Name!.StartsWith("m-", StringComparison.Ordinal)));
        Assert.Single(pages.Select(static page => page.Metadata.ResourceVersion).Distinct());
    }

    [Fact]
    public async Task A_write_guarded_by_uid_or_version_is_refused_for_another_object_or_state()
    {
        var first = await cluster.CreateMapAsync("a");
        await cluster.ChangeMapAsync("a", "2");
        var patch = new JsonObject { ["data"] = new JsonObject { ["value"] = "3" } };

        var stale = await Assert.ThrowsAsync<KubernetesException>(
            () => cluster.Client.PatchAsync(BuiltIn.ConfigMaps, cluster.Key("a"), patch, Precondition.Unchanged(first), Ending));
        await cluster.Client.PatchAsync(BuiltIn.ConfigMaps, cluster.Key("a"), patch, Precondition.SameObject(first), Ending);
        await cluster.DeleteMapAsync("a");
        await cluster.CreateMapAsync("a");
        var other = await Assert.ThrowsAsync<KubernetesException>(
            () => cluster.Client.PatchAsync(BuiltIn.ConfigMaps, cluster.Key("a"), patch, Precondition.SameObject(first), Ending));
        var notThis = await Assert.ThrowsAsync<KubernetesException>(
            () => cluster.Client.DeleteAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Precondition.SameObject(first), Propagation.Background, Ending));

        Assert.True(stale.IsConflict, stale.Message);
        Assert.True(other.IsConflict, other.Message);
        Assert.True(notThis.IsConflict, notThis.Message);
        Assert.Equal("1", (await cluster.Client.GetAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Ending)).Data!["value"]);
    }

    [Fact]
    public async Task Applying_the_same_again_changes_nothing_and_a_field_left_out_goes()
    {
        var owner = new FieldOwner(cluster.Client, "first");
        var full = cluster.Map("a") with { Data = new Dictionary<string, string> { ["keep"] = "1", ["drop"] = "1" } };
        var once = Applied(await owner.ApplyAsync(BuiltIn.ConfigMaps, full, null, Ending));
        var twice = Applied(await owner.ApplyAsync(BuiltIn.ConfigMaps, full, once, Ending));
        var less = Applied(await owner.ApplyAsync(
            BuiltIn.ConfigMaps, full with { Data = new Dictionary<string, string> { ["keep"] = "1" } }, twice, Ending));

        Assert.Equal(once.Metadata.ResourceVersion, twice.Metadata.ResourceVersion);
        Assert.Equal(["keep"], less.Data!.Keys);
    }

    [Fact]
    public async Task Applying_a_field_that_another_owns_is_reported_with_its_owner_and_changes_nothing()
    {
        await new FieldOwner(cluster.Client, "first").ApplyAsync(BuiltIn.ConfigMaps, cluster.Map("a"), null, Ending);

        var outcome = await new FieldOwner(cluster.Client, "second").ApplyAsync(BuiltIn.ConfigMaps, cluster.Map("a", "2"), null, Ending);

        var conflict = Assert.Single(Assert.IsType<ApplyOutcome<ConfigMap>.Conflict>(outcome).Fields);
        Assert.Equal(".data.value", conflict.Field);
        Assert.Contains("\"first\"", conflict.Message, StringComparison.Ordinal);
        Assert.Equal("1", (await cluster.Client.GetAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Ending)).Data!["value"]);
    }

    [Fact]
    public async Task An_apply_decided_by_an_older_state_or_for_another_object_changes_nothing()
    {
        var owner = new FieldOwner(cluster.Client, "leader");
        var first = Applied(await owner.ApplyAsync(BuiltIn.ConfigMaps, cluster.Map("a"), null, Ending));
        var second = Applied(await owner.ApplyAsync(BuiltIn.ConfigMaps, cluster.Map("a", "2"), first, Ending));

        var late = await Assert.ThrowsAsync<KubernetesException>(() => owner.ApplyAsync(BuiltIn.ConfigMaps, cluster.Map("a"), first, Ending));
        Assert.True(late is { IsConflict: true, IsFieldConflict: false }, late.Message);
        Assert.Equal("2", (await cluster.Client.GetAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Ending)).Data!["value"]);

        await cluster.DeleteMapAsync("a");
        var gone = await Assert.ThrowsAsync<KubernetesException>(() => owner.ApplyAsync(BuiltIn.ConfigMaps, cluster.Map("a"), second, Ending));
        Assert.Null(await cluster.Client.FindAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Ending));
        Assert.True(gone is { IsConflict: true, IsFieldConflict: false }, gone.Message);

        await cluster.CreateMapAsync("a", "3");
        var replaced = await Assert.ThrowsAsync<KubernetesException>(() => owner.ApplyAsync(BuiltIn.ConfigMaps, cluster.Map("a", "3"), second, Ending));
        Assert.True(replaced.IsConflict, replaced.Message);
        Assert.Equal("3", (await cluster.Client.GetAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Ending)).Data!["value"]);
    }

    [Fact]
    public async Task A_deployment_is_applied_as_the_records_describe_it_and_applying_again_rolls_nothing()
    {
        var owner = new FieldOwner(cluster.Client, "tests");
        var desired = TestKinds.WebDeployment(cluster.Namespace);

        var first = Applied(await owner.ApplyAsync(BuiltIn.Deployments, desired, null, Ending));
        await Eventually.Holds(async () =>
            (await cluster.Client.GetAsync(BuiltIn.Deployments, cluster.Key("web"), Ending)).Status?.ObservedGeneration == 1);
        var second = Applied(await owner.ApplyAsync(BuiltIn.Deployments, desired, null, Ending));

        Assert.Equal(first.Metadata.Generation, second.Metadata.Generation);
        Assert.Equal(desired.Spec!.Template.Spec.Containers[0].Args, second.Spec!.Template.Spec.Containers[0].Args);
    }

    [Fact]
    public async Task Status_is_written_only_when_it_differs_and_only_the_difference()
    {
        await new FieldOwner(cluster.Client, "tests").ApplyAsync(BuiltIn.Deployments, TestKinds.WebDeployment(cluster.Namespace), null, Ending);
        var seen = await Eventually.Returns(async () =>
            await cluster.Client.GetAsync(BuiltIn.Deployments, cluster.Key("web"), Ending) is { Status.ObservedGeneration: 1 } settled ? settled : null);
        var writer = new StatusWriter(cluster.Client);
        var desired = seen with
        {
            Status = seen.Status! with
            {
                Conditions = Conditions.Set(
                    seen.Status.Conditions, new Condition { Type = "Reviewed", Status = "True", Reason = "Test" }, TimeProvider.System.GetUtcNow()),
            },
        };

        var written = await writer.WriteAsync(BuiltIn.Deployments, seen, desired, StatusGuard.SameObject, Ending);
        var again = await writer.WriteAsync(BuiltIn.Deployments, written, written, StatusGuard.Unchanged, Ending);

        Assert.True(Conditions.IsTrue(written.Status!.Conditions, "Reviewed"));
        Assert.Same(written, again);
        Assert.Equal(seen.Status.ObservedGeneration, written.Status.ObservedGeneration);
    }

    [Fact]
    public async Task A_watch_goes_on_from_a_version_and_tells_each_change_in_order()
    {
        await cluster.CreateMapAsync("before");
        var version = (await cluster.Client.ListPagesAsync(BuiltIn.ConfigMaps, cluster.Objects, Ending).FirstAsync(Ending)).Metadata.ResourceVersion!;
        await cluster.CreateMapAsync("a");
        await cluster.ChangeMapAsync("a", "2");
        await cluster.DeleteMapAsync("a");

        var request = new WatchRequest { Objects = cluster.Objects, ResourceVersion = version, Duration = TimeSpan.FromSeconds(20) };
        var events = await cluster.Client.WatchAsync(BuiltIn.ConfigMaps, request, Ending)
            .Where(static change => change.Key.Name is "a" or "before").Take(3).ToListAsync(Ending);

        Assert.Equal(
            [(WatchEventType.Added, "a"), (WatchEventType.Modified, "a"), (WatchEventType.Deleted, "a")],
            events.Select(static change => (change.Type, change.Key.Name)));
    }

    [Fact]
    public async Task A_watch_ends_when_its_time_is_up()
    {
        var version = (await cluster.Client.ListPagesAsync(BuiltIn.ConfigMaps, cluster.Objects, Ending).FirstAsync(Ending)).Metadata.ResourceVersion!;
        var request = new WatchRequest { Objects = cluster.Objects, ResourceVersion = version, Duration = TimeSpan.FromSeconds(1) };

        await foreach (var _ in cluster.Client.WatchAsync(BuiltIn.ConfigMaps, request, Ending))
        {
        }
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_with_what_to_check()
    {
        var (client, proxy) = cluster.ThroughProxy();
        proxy.RefuseNew();

        var fault = await Assert.ThrowsAsync<KubernetesUnreachableException>(() => client.GetAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Ending));

        Assert.Contains($"https://127.0.0.1:{proxy.Port}/", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing listens there", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_the_deadline()
    {
        var (client, proxy) = cluster.ThroughProxy(new KubernetesClientOptions { RequestTimeout = TimeSpan.FromSeconds(1) });
        proxy.Stall();

        var fault = await Assert.ThrowsAsync<KubernetesUnreachableException>(() => client.GetAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Ending));

        Assert.Contains("did not answer within 1 s", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not_trusted()
    {
        var config = Path.GetTempFileName();
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=other", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var other = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var pem = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(other.ExportCertificatePem()));
        await File.WriteAllTextAsync(config, System.Text.RegularExpressions.Regex.Replace(
            await File.ReadAllTextAsync(cluster.Tenant.Plane.KubeconfigPath, Ending), "certificate-authority(-data)?:.*", $"certificate-authority-data: {pem}"), Ending);
        using var client = new KubernetesClient(KubernetesConnection.FromKubeConfig(config), TimeProvider.System);

        var fault = await Assert.ThrowsAsync<KubernetesUnreachableException>(() => client.GetAsync(BuiltIn.ConfigMaps, cluster.Key("a"), Ending));
        File.Delete(config);

        Assert.Contains("check certificate-authority", fault.Message, StringComparison.Ordinal);
    }

    private static T Applied<T>(ApplyOutcome<T> outcome)
        where T : KubernetesObject => Assert.IsType<ApplyOutcome<T>.Applied>(outcome).Stored;
}
