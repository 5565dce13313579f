using PodEngine.Operator.Settings;

namespace PodEngine.Operator.Tests.Settings;

public class SettingsReaderTests
{
    [Fact]
    public void The_database_is_all_that_must_be_set()
    {
        var settings = SettingsReader.Read(Variables(("DATABASE_URL", "postgresql://u:p@db/podengine")));

        Assert.Equal("http://*:8080", settings.MetricsUrl);
        Assert.Equal("http://*:8081", settings.ProbesUrl);
        Assert.Null(settings.WatchNamespace);
        Assert.False(settings.JsonLogs);
    }

    [Fact]
    public void Logs_are_json_in_a_cluster_unless_told_otherwise()
    {
        var inCluster = ("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        var database = ("DATABASE_URL", "postgresql://db/podengine");

        Assert.True(SettingsReader.Read(Variables(database, inCluster)).JsonLogs);
        Assert.False(SettingsReader.Read(Variables(database, inCluster, ("LOG_FORMAT", "text"))).JsonLogs);
    }

    [Fact]
    public void Every_fault_is_named_with_its_variable_and_no_password_is_shown()
    {
        var refusal = Assert.Throws<SettingsException>(() => SettingsReader.Read(Variables(
            ("DATABASE_URL", "mysql://user:hunter2@db/x"),
            ("WATCH_NAMESPACE", "Not A Namespace"),
            ("INSTALLATION_ID", "seven"),
            ("LOG_FORMAT", "xml"),
            ("JOB_RETENTION_DAYS", "0"),
            ("LOG_RETENTION_DAYS", "a week"),
            ("PODENGINE_METRICS_URL", "8080"))));

        Assert.Equal(
            ["DATABASE_URL", "INSTALLATION_ID", "JOB_RETENTION_DAYS", "LOG_FORMAT", "LOG_RETENTION_DAYS", "PODENGINE_METRICS_URL", "WATCH_NAMESPACE"],
            refusal.Faults.Select(fault => fault.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_database_address_says_what_one_looks_like()
    {
        var refusal = Assert.Throws<SettingsException>(() => SettingsReader.Read(Variables()));

        Assert.Contains("DATABASE_URL is not set", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("postgresql://", refusal.Message, StringComparison.Ordinal);
    }

    private static Func<string, string?> Variables(params (string Name, string Value)[] set) =>
        name => set.FirstOrDefault(variable => variable.Name == name).Value;
}
