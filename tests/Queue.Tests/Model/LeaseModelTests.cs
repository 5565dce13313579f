using PodEngine.Kit;

namespace PodEngine.Queue.Tests.Model;

/// <summary>
/// The lease protocol with few jobs and few workers, searched exhaustively: claims of batches, outcomes, writes, heartbeats, rescues and cancels in every
/// order, with processes frozen or dead at any point and any answer lost. That the stores keep to the model is what the tests on them are for.
/// </summary>
public class LeaseModelTests
{
    public static TheoryData<ModelBounds> Worlds =>
    [
        new ModelBounds(Jobs: 1, Workers: 2),
        new ModelBounds(Jobs: 2, Workers: 1) { Retries = 0, Rescues = null },
        new ModelBounds(Jobs: 2, Workers: 2) { Retries = 0, Rescues = null, Strays = Soak.IsOn },
    ];

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Whatever_happens_every_promise_holds(ModelBounds bounds)
    {
        var result = new QueueModel(bounds).Search();

        Figures.Show($"lease model, {bounds}: {result}");
        Assert.True(result.Fault is null, result.ToString());
        Assert.True(result.States > 10_000, $"Only {result.States} states: the search was cut short.");
    }

    [Theory]
    [InlineData(PlantedBug.FinishWithoutToken, "an outcome was accepted for a lease that was no longer in force", 4)]
    [InlineData(PlantedBug.WriteWithoutToken, "a write was accepted after a newer claim of its job", 4)]
    [InlineData(PlantedBug.RescueWithoutToken, "a job that had ended became Queued", 5)]
    [InlineData(PlantedBug.NoRescue, "from here no way leads to the end of all jobs", 2)]
    public void A_check_that_is_left_out_is_found_by_the_shortest_way_to_its_harm(PlantedBug bug, string harm, int steps)
    {
        var result = new QueueModel(new ModelBounds(Jobs: 1, Workers: 2), bug).Search();

        Figures.Show($"lease model, {bug}: {result}");
        Assert.Equal((harm, steps), (result.Fault, result.Path.Count));
    }
}
