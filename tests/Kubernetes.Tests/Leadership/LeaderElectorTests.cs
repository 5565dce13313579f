using PodEngine.Kit;
using PodEngine.Kit.Time;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Leadership;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Tests.Leadership;

public class LeaderElectorTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_candidates_one_leads_and_a_released_lease_goes_to_the_other_at_once_with_a_higher_epoch()
    {
        await using var cluster = await Cluster.CreateAsync();
        var first = Elector(cluster.Client, cluster.Key("lead"), leaseSeconds: 60);
        var second = Elector(cluster.Client, cluster.Key("lead"), leaseSeconds: 60);
        first.Start();
        var firstTerm = await first.WaitForLeadershipAsync(Ending);
        second.Start();
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Ending);
        Assert.False(second.IsLeading);

        await first.StopAsync();
        var secondTerm = await second.WaitForLeadershipAsync(Ending);

        Assert.True(firstTerm.Lost.IsCancellationRequested);
        Assert.False(first.IsLeading);
        Assert.Equal(firstTerm.Epoch + 1, secondTerm.Epoch);
        Assert.True(secondTerm.IsHeld);
        await second.StopAsync();
        await second.StopAsync();
        Assert.Null((await cluster.Client.GetAsync(BuiltIn.Leases, cluster.Key("lead"), Ending)).Spec!.HolderIdentity);
    }

    [Fact]
    public async Task A_leader_cut_off_ends_its_term_before_another_begins_one()
    {
        await using var cluster = await Cluster.CreateAsync();
        var (cut, proxy) = cluster.ThroughProxy();
        var first = Elector(cut, cluster.Key("lead"), leaseSeconds: 3);
        var second = Elector(cluster.Client, cluster.Key("lead"), leaseSeconds: 3);
        first.Start();
        var firstTerm = await first.WaitForLeadershipAsync(Ending);
        second.Start();

        proxy.RefuseNew();
        proxy.CutAll();
        var secondTerm = await second.WaitForLeadershipAsync(Ending);

        Assert.True(firstTerm.Lost.IsCancellationRequested);
        Assert.False(firstTerm.IsHeld);
        Assert.True(secondTerm.Epoch > firstTerm.Epoch);
        proxy.Resume();
        await first.StopAsync();
        await second.StopAsync();
    }

    [Fact]
    public async Task A_leader_renews_for_longer_than_the_lease_lasts()
    {
        await using var cluster = await Cluster.CreateAsync();
        var elector = Elector(cluster.Client, cluster.Key("lead"), leaseSeconds: 2);
        elector.Start();
        var term = await elector.WaitForLeadershipAsync(Ending);

        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Ending);

        Assert.True(term.IsHeld);
        await elector.StopAsync();
    }

    [Fact]
    public async Task Epochs_rise_even_when_the_lease_was_deleted()
    {
        await using var cluster = await Cluster.CreateAsync();
        var first = Elector(cluster.Client, cluster.Key("lead"), leaseSeconds: 60);
        first.Start();
        var firstTerm = await first.WaitForLeadershipAsync(Ending);
        await first.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System, Ending);
        await cluster.Client.DeleteAsync(BuiltIn.Leases, cluster.Key("lead"), Precondition.None, Propagation.Background, Ending);

        var second = Elector(cluster.Client, cluster.Key("lead"), leaseSeconds: 60);
        second.Start();

        Assert.True((await second.WaitForLeadershipAsync(Ending)).Epoch > firstTerm.Epoch);
        await second.StopAsync();
    }

    [Fact]
    public async Task An_epoch_can_be_raised_above_one_that_is_remembered_elsewhere_and_the_term_goes_on()
    {
        await using var cluster = await Cluster.CreateAsync();
        var first = Elector(cluster.Client, cluster.Key("lead"), leaseSeconds: 2);
        first.Start();
        var term = await first.WaitForLeadershipAsync(Ending);
        var remembered = term.Epoch + 1_000;

        await term.RaiseEpochAsync(remembered, Ending);
        var raised = await cluster.Client.GetAsync(BuiltIn.Leases, cluster.Key("lead"), Ending);
        await term.RaiseEpochAsync(remembered - 5, Ending);

        Assert.Equal(remembered + 1, term.Epoch);
        Assert.Equal<long?>(remembered + 1, raised.Spec!.LeaseTransitions);
        await Eventually.Holds(async () =>
            (await cluster.Client.GetAsync(BuiltIn.Leases, cluster.Key("lead"), Ending)).Spec!.RenewTime > raised.Spec.RenewTime + TimeSpan.FromSeconds(2));
        Assert.True(term.IsHeld);
        Assert.False(term.Lost.IsCancellationRequested);

        await first.StopAsync();
        var second = Elector(cluster.Client, cluster.Key("lead"), leaseSeconds: 2);
        second.Start();
        Assert.Equal(remembered + 2, (await second.WaitForLeadershipAsync(Ending)).Epoch);
        await second.StopAsync();
    }

    [Fact]
    public async Task The_epoch_of_a_term_that_is_over_is_not_raised()
    {
        await using var cluster = await Cluster.CreateAsync();
        var first = Elector(cluster.Client, cluster.Key("lead"), leaseSeconds: 60);
        first.Start();
        var term = await first.WaitForLeadershipAsync(Ending);
        await first.StopAsync();
        var released = await cluster.Client.GetAsync(BuiltIn.Leases, cluster.Key("lead"), Ending);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => term.RaiseEpochAsync(term.Epoch + 1, Ending));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => term.RaiseEpochAsync(int.MaxValue, Ending));

        var now = await cluster.Client.GetAsync(BuiltIn.Leases, cluster.Key("lead"), Ending);
        Assert.Equal(released.Metadata.ResourceVersion, now.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Trust_is_counted_from_before_the_question_not_from_the_answer()
    {
        var clock = new ManualTimeProvider();
        var asked = new TaskCompletionSource();
        var mayAnswer = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(async (context, _) =>
        {
            if (context.Request.Method == "GET")
            {
                await ScriptedServer.RefuseAsync(context, 404, "NotFound");
                return;
            }

            asked.TrySetResult();
            await mayAnswer.Task;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                context.Response, """{"metadata":{"name":"lead","uid":"u","resourceVersion":"1"},"spec":{"leaseTransitions":7}}""", Ending);
        });
        using var client = server.Client(clock);
        var elector = new LeaderElector(client, new LeaderElectionOptions { Lease = new ResourceKey("n", "lead") }, clock, Cluster.Logger);
        elector.Start();
        await asked.Task.WaitAsync(Ending);
        clock.Advance(TimeSpan.FromSeconds(4));
        mayAnswer.SetResult();

        var term = await elector.WaitForLeadershipAsync(Ending);
        Assert.Equal((7, true), (term.Epoch, term.IsHeld));
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.True(term.IsHeld);
        mayAnswer = new TaskCompletionSource();
        clock.Advance(TimeSpan.FromSeconds(4.1));

        Assert.False(term.IsHeld);
        await Eventually.Holds(() => term.Lost.IsCancellationRequested);
        mayAnswer.SetResult();
        await elector.StopAsync();
    }

    private static LeaderElector Elector(KubernetesClient client, ResourceKey lease, double leaseSeconds) => new(
        client,
        new LeaderElectionOptions
        {
            Lease = lease,
            LeaseDuration = TimeSpan.FromSeconds(leaseSeconds),
            RenewDeadline = TimeSpan.FromSeconds(leaseSeconds * 2 / 3),
            RetryPeriod = TimeSpan.FromMilliseconds(200),
        },
        TimeProvider.System,
        Cluster.Logger);
}
