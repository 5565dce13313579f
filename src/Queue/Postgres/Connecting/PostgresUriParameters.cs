using System.Globalization;
using Npgsql;

namespace PodEngine.Queue.Postgres.Connecting;

/// <summary>The parameters of a <c>postgresql://</c> address, by libpq's names.</summary>
internal static class PostgresUriParameters
{
    public static void Apply(NpgsqlConnectionStringBuilder builder, string name, string value, string variable)
    {
        switch (name)
        {
            case "host":
                builder.Host = value;
                break;
            case "port":
                builder.Port = Number(name, value, variable);
                break;
            case "user":
                builder.Username = value;
                break;
            case "password":
                builder.Password = value;
                break;
            case "dbname":
                builder.Database = value;
                break;
            case "sslmode":
                builder.SslMode = Mode(value, variable);
                break;
            case "sslrootcert":
                builder.RootCertificate = value;
                break;
            case "sslcert":
                builder.SslCertificate = value;
                break;
            case "sslkey":
                builder.SslKey = value;
                break;
            case "sslpassword":
                builder.SslPassword = value;
                break;
            case "passfile":
                builder.Passfile = value;
                break;
            case "application_name":
                builder.ApplicationName = value;
                break;
            case "connect_timeout":
                builder.Timeout = Number(name, value, variable);
                break;
            case "options":
                builder.Options = value;
                break;
            case "search_path":
                builder.SearchPath = value;
                break;
            case "pool_max_conns":
                builder.MaxPoolSize = Number(name, value, variable);
                break;
            case "channel_binding" or "gssencmode" or "target_session_attrs" or "keepalives" or "keepalives_idle" or "keepalives_interval"
                or "keepalives_count" or "tcp_user_timeout" or "client_encoding" or "load_balance_hosts":
                // Known to libpq, and settled otherwise or without meaning here.
                break;
            default:
                throw PostgresUri.Fault(variable, $"it has an unknown parameter '{name}'");
        }
    }

    private static SslMode Mode(string value, string variable) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw PostgresUri.Fault(variable, $"its sslmode is '{value}', which is none of disable, allow, prefer, require, verify-ca, verify-full"),
    };

    private static int Number(string name, string value, string variable) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw PostgresUri.Fault(variable, $"its {name} is '{value}', not a number");
}
