using Microsoft.Extensions.Logging.Console;

namespace PodEngine.Operator.Hosting;

/// <summary>Where the operator's log goes: standard output, one JSON object per line in a cluster, one readable line elsewhere; times in UTC.</summary>
internal static class OperatorLogging
{
    /// <summary>Sets the log up.</summary>
    public static void AddOperatorConsole(this ILoggingBuilder logging, bool isJson)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);

        // Why the host does not start is said in the operator's own words.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        if (isJson)
        {
            logging.AddJsonConsole(static options => Set(options));
        }
        else
        {
            logging.AddSimpleConsole(static options =>
            {
                Set(options);
                options.SingleLine = true;
            });
        }
    }

    private static void Set(ConsoleFormatterOptions options)
    {
        options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        options.UseUtcTimestamp = true;
    }
}
