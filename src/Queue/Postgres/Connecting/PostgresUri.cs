using System.Globalization;
using Npgsql;

namespace PodEngine.Queue.Postgres.Connecting;

/// <summary>
/// Reads <c>postgresql://user:password@host:port,host:port/database?parameter=value</c>, the form libpq, CloudNativePG and hosting services use, which
/// Npgsql does not take. Errors say what is wrong and never show the address, because it holds the password.
/// </summary>
public static class PostgresUri
{
    private static readonly string[] Schemes = ["postgresql://", "postgres://"];

    /// <summary>The same address as an Npgsql connection string.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="variable">Where it came from, for error messages.</param>
    /// <exception cref="FormatException">The address cannot be read.</exception>
    public static string ToConnectionString(string uri, string variable = "DATABASE_URL")
    {
        ArgumentNullException.ThrowIfNull(uri);
        var text = uri.Trim();
        var scheme = Schemes.FirstOrDefault(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            ?? throw Fault(variable, "it must begin with postgresql://");
        var (beforeQuery, query) = Cut(text[scheme.Length..], '?');
        var (authority, database) = Cut(beforeQuery, '/');

        // Unless the address says otherwise; a server that drops packets must not hold up a heartbeat for longer than its lease.
        var builder = new NpgsqlConnectionStringBuilder { Timeout = 10 };

        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            var (user, password) = Cut(authority[..at], ':');
            builder.Username = Decode(user, variable, "user");
            builder.Password = password.Length == 0 ? null : Decode(password, variable, "password");
        }

        builder.Host = Hosts(authority[(at + 1)..], variable);
        if (database.Length > 0)
        {
            builder.Database = Decode(database, variable, "database");
        }

        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Cut(pair, '=');
            PostgresUriParameters.Apply(builder, Decode(name, variable, "parameter"), Decode(value, variable, $"parameter {name}"), variable);
        }

        return string.IsNullOrEmpty(builder.Host) ? throw Fault(variable, "it names no host") : builder.ConnectionString;
    }

    internal static FormatException Fault(string variable, string what) =>
        new($"{variable} cannot be read: {what}. Its form is postgresql://user:password@host:5432/database?sslmode=require; percent-encode special characters.");

    private static string Hosts(string text, string variable)
    {
        var hosts = text.Split(',').Select(host => Host(host, variable)).ToList();
        return hosts is [""] ? "" : string.Join(',', hosts);
    }

    private static string Host(string text, string variable)
    {
        var colon = text.LastIndexOf(':');
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            colon = end > 0 ? text.IndexOf(':', end) : throw Fault(variable, "an IPv6 address lacks its closing bracket");
        }

        var (host, port) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        if (port.Length == 0)
        {
            return Decode(host, variable, "host");
        }

        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? $"{Decode(host, variable, "host")}:{number}"
            : throw Fault(variable, "the port is not a number from 1 to 65535 (a ':' , '/' or '@' in the password must be percent-encoded)");
    }

    private static (string Before, string After) Cut(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is var index and >= 0 ? (text[..index], text[(index + 1)..]) : (text, "");

    private static string Decode(string text, string variable, string what)
    {
        for (var index = text.IndexOf('%', StringComparison.Ordinal); index >= 0; index = text.IndexOf('%', index + 1))
        {
            if (index + 2 >= text.Length || !char.IsAsciiHexDigit(text[index + 1]) || !char.IsAsciiHexDigit(text[index + 2]))
            {
                throw Fault(variable, $"its {what} has a '%' that is not followed by two hexadecimal digits (write %25 for a percent sign)");
            }
        }

        return Uri.UnescapeDataString(text);
    }
}
