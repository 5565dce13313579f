using System.Globalization;
using System.Text.Json.Nodes;
using PodEngine.Simulators.Faults;
using PodEngine.Simulators.Http;
using PodEngine.Simulators.Knobs;

namespace PodEngine.Simulators.RunPod;

/// <summary><c>/v2/{endpoint}/…</c> (https://docs.runpod.io/serverless/endpoints/operation-reference), and the pictures behind <c>s3_url</c>.</summary>
internal sealed class RunPodRoutes
{
    private const long MaxRunBytes = 10L << 20;
    private const long MaxRunSyncBytes = 20L << 20;

    private readonly RunPodState state;

    private RunPodRoutes(RunPodState state) => this.state = state;

    private RunPodKnobs Knobs => state.Knobs.RunPod;

    public static void Map(RouteGroupBuilder group, RunPodState state)
    {
        var routes = new RunPodRoutes(state);
        group.MapGet("/s3/{job}/{name}", routes.AnswerPictureAsync);
        var endpoint = group.MapGroup("/v2/{endpoint}");
        endpoint.MapPost("/run", routes.Guarded("run", (context, owner) => routes.SubmitAsync(context, owner, isSync: false)));
        endpoint.MapPost("/runsync", routes.Guarded("runsync", (context, owner) => routes.SubmitAsync(context, owner, isSync: true)));
        endpoint.MapGet("/status/{id}", routes.Guarded("status", routes.AnswerStatusAsync));
        endpoint.MapGet("/status-sync/{id}", routes.Guarded("status", routes.AnswerStatusSyncAsync));
        endpoint.MapGet("/stream/{id}", routes.Guarded("stream", routes.AnswerStreamAsync));
        endpoint.MapPost("/cancel/{id}", routes.Guarded("cancel", routes.CancelAsync));
        endpoint.MapPost("/retry/{id}", routes.Guarded("retry", routes.RetryAsync));
        endpoint.MapPost("/purge-queue", routes.Guarded("purge-queue", (context, owner) =>
            context.Response.AnswerJsonAsync(200, new JsonObject { ["removed"] = owner.Purge(), ["status"] = "completed" })));
        endpoint.MapGet("/health", routes.Guarded("health", (context, owner) => context.Response.AnswerJsonAsync(200, owner.WriteHealth())));
        endpoint.MapGet("/requests", routes.Guarded("requests", routes.ListAsync));
        group.Map("{**rest}", context => routes.FailAsync(context, 404, "not found"));
    }

    private RequestDelegate Guarded(string operation, Func<HttpContext, RunPodEndpoint, Task> answer) => context =>
    {
        if (!IsAuthorized(context.Request))
        {
            return FailAsync(context, 401, "unauthorized");
        }

        if (state.Find((string)context.Request.RouteValues["endpoint"]!) is not { } endpoint)
        {
            return FailAsync(context, 404, "endpoint not found");
        }

        return endpoint.TryTake(operation) ? answer(context, endpoint) : FailAsync(context, 429, "too many requests");
    };

    private bool IsAuthorized(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        var key = header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : Knobs.AcceptsBareKey ? header : "";
        return key.Length > 0 && (Knobs.ApiKey is null || Knobs.ApiKey == key);
    }

    private async Task SubmitAsync(HttpContext context, RunPodEndpoint endpoint, bool isSync)
    {
        var body = await RequestBody.ReadAsync(context, isSync ? MaxRunSyncBytes : MaxRunBytes);
        var (request, fault) = JobRequest.Read(body, context.Request.Query["ttl"], Knobs);
        if (request is null)
        {
            await FailAsync(context, 400, fault!);
            return;
        }

        var job = new RunPodJob
        {
            Id = (isSync ? "sync-" : "") + Guid.NewGuid().ToString("D") + Knobs.IdSuffix,
            EndpointId = endpoint.Id,
            Request = request,
            IsSync = isSync,
            BaseUrl = $"{context.Request.Scheme}://{context.Request.Host}",
            Variant = VariantRequest.Of(context, Knobs.Variant),
            Created = state.Time.GetUtcNow(),
            TimeToLive = request.TimeToLive,
        };
        if (Knobs.HonoursIdempotencyKey && context.Request.Headers["Idempotency-Key"] is [{ } key] && state.FirstWith(key, job.Id) is var first && first != job.Id)
        {
            await context.Response.AnswerJsonAsync(200, new JsonObject { ["id"] = first, ["status"] = "IN_QUEUE" });
            return;
        }

        endpoint.Submit(job);
        if (isSync)
        {
            await WaitAsync(context, job);
            await AnswerJobAsync(context, endpoint, job.Id);
            return;
        }

        await context.Response.AnswerJsonAsync(200, new JsonObject { ["id"] = job.Id, ["status"] = "IN_QUEUE" });
    }

    private async Task WaitAsync(HttpContext context, RunPodJob job)
    {
        var wait = int.TryParse(context.Request.Query["wait"], NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? Math.Clamp(given, 1_000, 300_000)
            : 90_000;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var deadline = Task.Delay(TimeSpan.FromMilliseconds(wait), state.Time, done.Token);
        await Task.WhenAny(job.WhenEnded, deadline);
        await done.CancelAsync();
    }

    private Task AnswerStatusAsync(HttpContext context, RunPodEndpoint endpoint)
    {
        var ttl = context.Request.Query["ttl"].ToString();
        if (Knobs.TtlQueryOnStatus && long.TryParse(ttl, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            endpoint.WithJob(JobId(context), job =>
            {
                job.TimeToLive = TimeSpan.FromMilliseconds(milliseconds);
                return job;
            });
        }

        return AnswerJobAsync(context, endpoint, JobId(context));
    }

    private async Task AnswerStatusSyncAsync(HttpContext context, RunPodEndpoint endpoint)
    {
        if (endpoint.WithJob(JobId(context), job => job) is { } job)
        {
            await WaitAsync(context, job);
        }

        await AnswerJobAsync(context, endpoint, JobId(context));
    }

    private Task AnswerJobAsync(HttpContext context, RunPodEndpoint endpoint, string jobId) =>
        endpoint.WithJob(jobId, job => job.Write(Knobs)) is { } answer
            ? context.Response.AnswerJsonAsync(200, answer)
            : FailAsync(context, 404, "job not found");

    private Task AnswerStreamAsync(HttpContext context, RunPodEndpoint endpoint)
    {
        if (endpoint.WithJob(JobId(context), job => job.Write(Knobs)) is not { } status)
        {
            return FailAsync(context, 404, "job not found");
        }

        var pieces = new JsonArray();
        if (status["output"] is { } output)
        {
            var piece = new JsonObject { ["output"] = output.DeepClone() };
            if (Knobs.StreamIsArray)
            {
                piece["metrics"] = new JsonObject();
            }

            pieces.Add(piece);
        }

        return context.Response.AnswerJsonAsync(
            200, Knobs.StreamIsArray ? pieces : new JsonObject { ["status"] = status["status"]!.DeepClone(), ["stream"] = pieces });
    }

    private Task CancelAsync(HttpContext context, RunPodEndpoint endpoint)
    {
        var answer = endpoint.WithJob(JobId(context), job =>
        {
            endpoint.Cancel(job);
            return new JsonObject { ["id"] = job.Id, ["status"] = job.Word(Knobs) };
        });
        return answer is null ? FailAsync(context, 404, "job not found") : context.Response.AnswerJsonAsync(200, answer);
    }

    private Task RetryAsync(HttpContext context, RunPodEndpoint endpoint)
    {
        var answer = endpoint.WithJob(JobId(context), job =>
        {
            if (job.Status is not (JobStatus.Failed or JobStatus.TimedOut))
            {
                return new JsonObject();
            }

            endpoint.Retry(job);
            return new JsonObject { ["id"] = job.Id, ["status"] = "IN_QUEUE" };
        });
        return answer switch
        {
            null => FailAsync(context, 404, "job not found"),
            { Count: 0 } => FailAsync(context, 400, "only FAILED and TIMED_OUT jobs can be retried"),
            _ => context.Response.AnswerJsonAsync(200, answer),
        };
    }

    private Task ListAsync(HttpContext context, RunPodEndpoint endpoint)
    {
        var list = endpoint.Jobs().TakeLast(100)
            .Select(job => (JsonNode?)new JsonObject { ["id"] = job.Id, ["status"] = job.Word(Knobs) }).ToJsonArray();
        return context.Response.AnswerJsonAsync(200, Knobs.RequestsIsArray ? list : new JsonObject { ["requests"] = list });
    }

    private Task AnswerPictureAsync(HttpContext context)
    {
        var (jobId, name) = ((string)context.Request.RouteValues["job"]!, (string)context.Request.RouteValues["name"]!);
        var picture = state.FindJob(jobId)?.Result?.Pictures.FirstOrDefault(candidate => candidate.FileName == name);
        return picture is { Drawing: { } drawing }
            ? context.Response.AnswerBytesAsync(200, drawing.ToPng(), "image/png")
            : context.Response.AnswerTextAsync(404, "<Error><Code>NoSuchKey</Code></Error>", "application/xml");
    }

    private static string JobId(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private Task FailAsync(HttpContext context, int status, string message) => RunPodErrors.WriteAsync(context, status, message, Knobs);
}
