using PodEngine.Kit.Time;
using PodEngine.Providers.Http;

namespace PodEngine.Providers.Tests.Http;

public sealed class RetryAfterHeaderTests
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 10, 21, 7, 28, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("Wed, 21 Oct 2026 07:28:30 GMT", 30.0)]
    [InlineData("Wed, 21 Oct 2026 07:00:00 GMT", 0.0)]
    [InlineData("999999", 3600.0)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public void Seconds_and_dates_are_both_understood(string? value, double? seconds)
    {
        using var response = new HttpResponseMessage();
        if (value is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", value);
        }

        Assert.Equal(seconds, RetryAfterHeader.Read(response.Headers, _time)?.TotalSeconds);
    }
}
