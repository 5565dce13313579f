using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PodEngine.Queue.Bench.Roles;

/// <summary>A job of the bench: its arguments are one number, as the peers' are.</summary>
internal static class BenchJob
{
    public static JobRequest Request(long number, Order order) => new()
    {
        Id = new JobId(Guid.CreateVersion7()),
        Queue = BenchLane.Queue,
        Name = "bench",
        Arguments = string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{number}}}"""),
        Priority = order.Priority,
        LimitKey = order.LimitKey,
        StartAfter = order.DelaySeconds > 0 ? TimeProvider.System.GetUtcNow().AddSeconds(order.DelaySeconds) : null,
    };

    public static long NumberOf(string arguments)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(arguments));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                return reader.GetInt64();
            }
        }

        throw new JsonException("A job of the bench carries one number.");
    }
}
