using PodEngine.Kit.Time;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.Tests.Printify;

public class PrintifyAccessTests : SimulatorTest
{
    private readonly ManualTimeProvider time;

    public PrintifyAccessTests()
        : this(new ManualTimeProvider())
    {
    }

    private PrintifyAccessTests(ManualTimeProvider time)
        : base(new SimulatorKnobs { Printify = new PrintifyKnobs { RequestsPerMinute = 4, CatalogueRequestsPerMinute = 2 } }, time) => this.time = time;

    [Fact]
    public async Task Without_a_token_the_answer_is_401_with_error_and_request_id()
    {
        using var client = NewClient();
        client.DefaultRequestHeaders.Authorization = null;

        var answer = await SendAsync(HttpMethod.Get, "/printify/v1/shops.json", client: client);

        Assert.Equal((401, "Unauthenticated"), (answer.Status, (string?)answer["error"]));
        Assert.NotNull(answer["request_id"]);
        Assert.NotEmpty(answer.Headers["x-pfy-correlation-id"]);
    }

    [Fact]
    public async Task Without_a_user_agent_the_answer_is_400_unless_the_knob_says_otherwise()
    {
        using var client = NewClient();
        client.DefaultRequestHeaders.UserAgent.Clear();

        Assert.Equal(400, (await SendAsync(HttpMethod.Get, "/printify/v1/shops.json", client: client)).Status);
        Change(knobs => knobs with { Printify = knobs.Printify with { RequiresUserAgent = false } });
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "/printify/v1/shops.json", client: client)).Status);
    }

    [Fact]
    public async Task An_unknown_thing_is_404_with_error_and_request_id()
    {
        var answer = await GetAsync("/printify/v1/catalog/blueprints/9999.json");

        Assert.Equal((404, "Not found"), (answer.Status, (string?)answer["error"]));
        Assert.Equal(404, (await GetAsync("/printify/v1/nothing.json")).Status);
    }

    [Fact]
    public async Task The_limits_count_per_minute_the_catalogue_apart_and_open_again()
    {
        Assert.Equal([200, 200, 429], await AskAsync("/printify/v1/catalog/print_providers.json", 3));
        Assert.Equal([200, 429], await AskAsync("/printify/v1/shops.json", 2));
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([200], await AskAsync("/printify/v1/shops.json", 1));
    }

    [Theory]
    [InlineData("StatusForm", "status")]
    [InlineData("ErrorForm", "error")]
    [InlineData("Html", null)]
    [InlineData("Empty", null)]
    public async Task The_body_of_a_429_can_have_any_form(string form, string? member)
    {
        Change(knobs => knobs with
        {
            Printify = knobs.Printify with { RequestsPerMinute = 0, TooManyRequestsBody = Enum.Parse<Simulators.Printify.PrintifyErrorBody>(form), RetryAfterSeconds = 3 },
        });

        var answer = await GetAsync("/printify/v1/shops.json");

        Assert.Equal((429, "3"), (answer.Status, answer.Headers["retry-after"]));
        Assert.Equal(member is not null, answer.Text.StartsWith('{') && answer[member!] is not null);
    }

    private async Task<List<int>> AskAsync(string path, int times)
    {
        var statuses = new List<int>();
        for (var i = 0; i < times; i++)
        {
            statuses.Add((await GetAsync(path)).Status);
        }

        return statuses;
    }
}
