using System.Text.Json;
using System.Text.Json.Nodes;
using PodEngine.Shared.Jobs;

namespace PodEngine.Shared.Tests.Jobs;

public sealed class JobSnapshotJsonTests
{
    [Theory]
    [InlineData("design")]
    [InlineData("execution")]
    public void A_snapshot_is_read_as_it_was_written(string kind)
    {
        var written = JobSnapshotJson.Write(Snapshot(kind));

        var read = JobSnapshotJson.Read(written);

        Assert.Equal(kind, JsonNode.Parse(written)!["work"]!["kind"]!.GetValue<string>());
        Assert.Equal(written, JobSnapshotJson.Write(read));
        Assert.Equivalent(Snapshot(kind) with { Work = read.Work }, read, strict: true);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"name":"cats","namespace":"shop","work":{}}""")]
    [InlineData("""{"name":"cats","namespace":"shop","work":{"kind":"sculpture"}}""")]
    public void What_is_no_snapshot_this_version_knows_is_refused_as_such(string text) => Assert.Throws<JsonException>(() => JobSnapshotJson.Read(text));

    [Theory]
    [InlineData("design", 29)]
    [InlineData("execution", 10)]
    public void A_member_an_older_version_did_not_write_has_its_documented_default(string kind, int optional)
    {
        var snapshot = Snapshot(kind);
        var whole = JsonNode.Parse(JobSnapshotJson.Write(snapshot))!.AsObject();
        var dropped = 0;
        foreach (var (_, member, json) in OlderTexts.Members(snapshot, whole).Where(each => !OlderTexts.IsRequired(each.Member)).ToList())
        {
            var name = OlderTexts.NameOf(member);
            var place = json.GetPath();
            var value = json[name]!;
            json.Remove(name);

            var read = JobSnapshotJson.Read(whole.ToJsonString());

            // The path of the object that lost a member leads to its record as well: both trees have the same shape.
            var owner = OlderTexts.Members(read, JsonNode.Parse(JobSnapshotJson.Write(read))!.AsObject())
                .First(each => each.Member == member && each.Json.GetPath() == place).Owner;
            Assert.Equal(JsonSerializer.Serialize(OlderTexts.DefaultOf(member)), JsonSerializer.Serialize(member.GetValue(owner)));
            json[name] = value;
            dropped++;
        }

        Assert.Equal(optional, dropped);
    }

    [Theory]
    [InlineData("design")]
    [InlineData("execution")]
    public void A_member_a_job_cannot_run_without_is_missed_by_name(string kind)
    {
        var snapshot = Snapshot(kind);
        var whole = JsonNode.Parse(JobSnapshotJson.Write(snapshot))!.AsObject();
        foreach (var (_, member, json) in OlderTexts.Members(snapshot, whole)
            .Where(each => each.Member.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute), false)).ToList())
        {
            var name = OlderTexts.NameOf(member);
            var value = json[name];
            json.Remove(name);

            Assert.Contains($"'{name}'", Assert.Throws<JsonException>(() => JobSnapshotJson.Read(whole.ToJsonString())).Message, StringComparison.Ordinal);
            json[name] = value;
        }
    }

    [Fact]
    public void A_member_of_a_newer_version_is_passed_over()
    {
        var newer = JsonNode.Parse(JobSnapshotJson.Write(Snapshots.Design))!.AsObject();
        newer["colour"] = "red";
        newer["work"]!["brief"]!["mood"] = "calm";

        Assert.Equal("cats", JobSnapshotJson.Read(newer.ToJsonString()).Name);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"name":"a","namespace":"b","work":{"kind":"dance"}}""")]
    [InlineData("""{"name":"a","namespace":"b","work":null}""")]
    [InlineData("not JSON")]
    public void Text_that_is_no_snapshot_is_refused(string text) => Assert.Throws<JsonException>(() => JobSnapshotJson.Read(text));

    private static JobSnapshot Snapshot(string kind) => kind == "design" ? Snapshots.Design : Snapshots.Execution;
}
