using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.Claude;

/// <summary>One <c>POST /v1/messages</c>. It is billed before its latency passes: a caller that gives up has paid.</summary>
internal sealed class MessageCall(HttpContext context, ClaudeState state)
{
    private const long MaxBodyBytes = 32L << 20;

    public async Task AnswerAsync()
    {
        var knobs = state.Knobs;
        ClaudeErrors.RequestIdOf(context);
        context.Response.Headers["anthropic-organization-id"] = "00000000-0000-4000-8000-000000000001";
        if (ClaudeHeaders.Check(context.Request, knobs) is (var status, { } headerFault))
        {
            await FailAsync(status, headerFault);
            return;
        }

        var body = await RequestBody.ReadAsync(context, MaxBodyBytes);
        if (body.TooLarge)
        {
            await FailAsync(413, "Request exceeds the maximum size");
            return;
        }

        var version = context.Request.Headers["anthropic-version"].ToString();
        var (request, fault) = MessageRequest.Read(body.Json, body.Fault, version, knobs);
        if (request is null)
        {
            await FailAsync(400, fault!);
        }
        else if (!knobs.Models.Contains(request.Model))
        {
            await FailAsync(404, $"model: {request.Model}");
        }
        else if (!TakePlace())
        {
            context.Response.Headers.RetryAfter = "1";
            await FailAsync(429, "This request would exceed your organization's rate limit");
        }
        else
        {
            await AnswerAsync(request, VariantRequest.Of(context, knobs.Variant), version);
        }
    }

    private async Task AnswerAsync(MessageRequest request, ClaudeVariant variant, string version)
    {
        if (variant == ClaudeVariant.SpendLimit)
        {
            var details = new JsonObject { ["error_code"] = "enforced_spend_limit_reached" };
            await ClaudeErrors.WriteAsync(context, 429, "You have reached your monthly spend limit", state.Knobs, details);
            return;
        }

        if (variant == ClaudeVariant.StreamError && !request.Stream)
        {
            await FailAsync(500, "Internal server error");
            return;
        }

        var key = state.Knobs.HonoursIdempotencyKey && context.Request.Headers["idempotency-key"] is [{ } sent] ? sent : null;
        var message = state.FindAnswer(key);
        if (message is null)
        {
            message = Compose(request, variant, version);
            state.KeepAnswer(key, message);
        }

        await WaitAsync(request);
        await (request.Stream
            ? new MessageStream(context, message).SendAsync(variant == ClaudeVariant.StreamError)
            : context.Response.AnswerJsonAsync(200, message));
    }

    private JsonObject Compose(MessageRequest request, ClaudeVariant variant, string version)
    {
        var answer = new MessageAnswer(request, variant);
        var message = answer.Write();
        state.Bill(new BilledCall(
            message["id"].Text()!,
            request.Model,
            ClaudeHeaders.ReadKey(context.Request, state.Knobs).Header,
            version,
            message["stop_reason"].Text()!,
            answer.Items,
            (int)message["usage"]!["input_tokens"].Whole()!.Value,
            (int)message["usage"]!["output_tokens"].Whole()!.Value));
        return message;
    }

    private async Task WaitAsync(MessageRequest request)
    {
        var delay = state.Knobs.LatencyMs + (request.Schema is { } schema && state.IsNewSchema(schema) ? state.Knobs.SchemaCompileMs : 0);
        if (delay > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay), state.Time, context.RequestAborted);
        }
    }

    // https://platform.claude.com/docs/en/api/rate-limits
    private bool TakePlace()
    {
        var limit = state.Knobs.RequestsPerMinute;
        var taken = state.Requests.TryTake(limit);
        var headers = context.Response.Headers;
        headers["anthropic-ratelimit-requests-limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["anthropic-ratelimit-requests-remaining"] = Math.Max(0, limit - state.Requests.Taken).ToString(CultureInfo.InvariantCulture);
        headers["anthropic-ratelimit-requests-reset"] = state.Time.GetUtcNow().AddMinutes(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return taken;
    }

    private Task FailAsync(int status, string message) => ClaudeErrors.WriteAsync(context, status, message, state.Knobs);
}
