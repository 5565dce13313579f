using PodEngine.Queue.Bench.Measuring;

namespace PodEngine.Queue.Bench.Tests.Measuring;

public sealed class DistributionTests
{
    [Fact]
    public void Percentiles_are_values_that_occurred_in_milliseconds()
    {
        var distribution = Distribution.OfMicros(Enumerable.Range(1, 200).Select(number => number * 1000L).Reverse());

        Assert.Equal(new Distribution(200, 100, 198, 200), distribution);
    }

    [Fact]
    public void Nothing_measured_is_told_as_zero()
    {
        Assert.Equal(new Distribution(0, 0, 0, 0), Distribution.OfMicros([]));
    }

    [Theory]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 2, 3 }, 2.5)]
    [InlineData(new double[] { }, 0)]
    public void The_median_is_the_middle(double[] numbers, double median)
    {
        Assert.Equal(median, Distribution.Median(numbers));
    }
}
