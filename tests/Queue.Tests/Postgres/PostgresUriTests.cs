using Npgsql;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Tests.Postgres;

public class PostgresUriTests
{
    [Fact]
    public void User_password_host_port_and_database_are_read()
    {
        var address = Read("postgresql://alice:secret@db.example:6543/pod");

        Assert.Equal(("alice", "secret", "db.example:6543", "pod"), (address.Username, address.Password, address.Host, address.Database));
    }

    [Fact]
    public void Percent_encoding_is_undone()
    {
        var address = Read("postgres://al%40ice:p%3Aa%2Fs%25s%20%C3%A9@h/my%2Fdb");

        Assert.Equal(("al@ice", "p:a/s%s é", "my/db"), (address.Username, address.Password, address.Database));
    }

    [Fact]
    public void Everything_but_the_host_may_be_left_out() => Assert.Equal("h", Read("postgresql://h").Host);

    [Fact]
    public void Several_hosts_and_ipv6_are_read()
    {
        Assert.Equal("a:5433,b,[::1]:5434", Read("postgresql://u@a:5433,b,[::1]:5434/d").Host);
        Assert.Equal("[::1]", Read("postgresql://u@[::1]/d").Host);
    }

    [Theory]
    [InlineData("disable", SslMode.Disable)]
    [InlineData("require", SslMode.Require)]
    [InlineData("verify-full", SslMode.VerifyFull)]
    public void Ssl_modes_keep_their_meaning(string mode, SslMode expected) => Assert.Equal(expected, Read($"postgresql://h/d?sslmode={mode}").SslMode);

    [Fact]
    public void Libpqs_parameters_are_understood()
    {
        var address = Read("postgresql:///d?host=h&port=5444&connect_timeout=7&application_name=me&sslrootcert=%2Fca.crt&target_session_attrs=read-write");

        Assert.Equal(("h", 5444, 7, "me", "/ca.crt"), (address.Host, address.Port, address.Timeout, address.ApplicationName, address.RootCertificate));
    }

    [Theory]
    [InlineData("mysql://u:hunter2@h/d", "postgresql://")]
    [InlineData("Host=h;Password=hunter2", "postgresql://")]
    [InlineData("postgresql://u:hunter2@/d", "no host")]
    [InlineData("postgresql://u:hunter2@h:port/d", "port")]
    [InlineData("postgresql://u:hunter2%zz@h/d", "%25")]
    [InlineData("postgresql://u:hunter2@h/d?sslmode=sometimes", "sslmode")]
    [InlineData("postgresql://u:hunter2@h/d?colour=red", "colour")]
    [InlineData("postgresql://u:hunter2@h/d?connect_timeout=soon", "connect_timeout")]
    [InlineData("postgresql://u:hunter2@[::1/d", "bracket")]
    public void What_is_wrong_is_said_without_showing_the_password(string uri, string expected)
    {
        var fault = Assert.Throws<FormatException>(() => PostgresUri.ToConnectionString(uri, "DATABASE_LISTEN_URL"));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains("DATABASE_LISTEN_URL", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://h/d", "podengine")]
    [InlineData("postgresql://h/d?options=-csearch_path%3Dtenant_a", "tenant_a")]
    [InlineData("postgresql://h/d?options=-c%20statement_timeout%3D5s%20-c%20search_path%3Dtenant_b,public", "tenant_b")]
    [InlineData("postgresql://h/d?search_path=%22$user%22,tenant_c", "tenant_c")]
    public async Task The_schema_is_the_first_of_the_search_path(string uri, string schema)
    {
        await using var store = PostgresStore.Open(uri, PostgresStore.ListenOff);

        Assert.Equal(schema, store.Schema);
    }

    private static NpgsqlConnectionStringBuilder Read(string uri) => new(PostgresUri.ToConnectionString(uri));
}
