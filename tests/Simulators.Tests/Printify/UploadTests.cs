using System.Text.Json.Nodes;

namespace PodEngine.Simulators.Tests.Printify;

public class UploadTests : SimulatorTest
{
    private const string Uploads = "/printify/v1/uploads/images.json";

    [Fact]
    public async Task A_picture_as_base64_is_measured_and_gets_a_new_id_each_time()
    {
        var first = await PostAsync(Uploads, PrintifyBodies.Upload());
        var second = await PostAsync(Uploads, PrintifyBodies.Upload());

        Assert.Equal(200, first.Status);
        Assert.Matches("^[0-9a-f]{24}$", (string?)first["id"]);
        Assert.NotEqual((string?)first["id"], (string?)second["id"]);
        Assert.Equal((120, 80, "image/png"), ((int)first["width"]!, (int)first["height"]!, (string?)first["mime_type"]));
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", (string?)first["upload_time"]);
    }

    [Fact]
    public async Task A_picture_by_address_is_fetched_and_a_dead_address_is_10300()
    {
        var source = (string)(await PostAsync(Uploads, PrintifyBodies.Upload()))["preview_url"]!;

        var fetched = await PostAsync(Uploads, new JsonObject { ["file_name"] = "by-url.png", ["url"] = source });
        var failed = await PostAsync(Uploads, new JsonObject { ["file_name"] = "gone.png", ["url"] = new Uri(Host.Url, "/nothing.png").ToString() });

        Assert.Equal(256, (int)fetched["width"]!);
        Assert.Equal((400, 10300), (failed.Status, (int)failed["code"]!));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("data:image/png;base64,iVBORw0KGgo=")]
    [InlineData("aGVsbG8gd29ybGQ=")]
    public async Task What_is_no_picture_is_8201_in_the_status_form(string contents)
    {
        var answer = await PostAsync(Uploads, new JsonObject { ["file_name"] = "x.png", ["contents"] = contents });

        Assert.Equal((400, "error", 8201), (answer.Status, (string?)answer["status"], (int)answer["code"]!));
        Assert.Equal(8201, (int)answer["errors"]!["code"]!);
        Assert.NotNull((string?)answer["errors"]!["reason"]);
    }

    [Fact]
    public async Task More_than_five_megabytes_as_base64_are_refused()
    {
        var answer = await PostAsync(Uploads, new JsonObject { ["file_name"] = "x.png", ["contents"] = Convert.ToBase64String(new byte[(5 << 20) + 1]) });

        Assert.Equal((400, 8201), (answer.Status, (int)answer["code"]!));
        Assert.Contains("url", (string?)answer["errors"]!["reason"]);
    }

    [Fact]
    public async Task Uploads_are_paged_and_archived_ones_leave_the_list()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((string)(await PostAsync(Uploads, PrintifyBodies.Upload((ulong)i)))["id"]!);
        }

        var page = await GetAsync("/printify/v1/uploads.json?limit=2");
        Assert.Equal([ids[2], ids[1]], page["data"]!.AsArray().Select(upload => (string)upload!["id"]!));
        Assert.Equal((3, 2, "/?page=2"), ((int)page["total"]!, (int)page["last_page"]!, (string?)page["next_page_url"]));
        await PostAsync($"/printify/v1/uploads/{ids[2]}/archive.json");
        Assert.Equal(2, (int)(await GetAsync("/printify/v1/uploads.json"))["total"]!);
        Assert.Equal(200, (await GetAsync($"/printify/v1/uploads/{ids[2]}.json")).Status);
    }
}
