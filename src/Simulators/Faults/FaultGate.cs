using System.Text;
using PodEngine.Simulators.Http;

namespace PodEngine.Simulators.Faults;

/// <summary>Stands before the services: adds latency, counts requests and makes the faults happen.</summary>
internal sealed class FaultGate(Simulation simulation, RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (ServiceRequest.Read(context, simulation.Knobs.Current) is not { } request)
        {
            await next(context);
            return;
        }

        var fault = simulation.Faults.Take(request.Service, context.Request.Method, request.Path, request.Chances);
        using var aborted = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, simulation.Stopping);
        try
        {
            await WaitAsync(request.LatencyMs, aborted.Token);
            await (fault is null ? next(context) : ApplyAsync(context, request, fault, aborted.Token));
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception exception) when (!context.Response.HasStarted && exception is not OutOfMemoryException)
        {
            await ServiceErrors.WriteAsync(context, request.Service, 500, $"simulator fault: {exception}");
        }
        finally
        {
            simulation.Traffic.Add(request.Service, context.Response.StatusCode >= 400);
        }
    }

    private async Task ApplyAsync(HttpContext context, ServiceRequest request, Fault fault, CancellationToken cancellationToken)
    {
        BufferedAnswer? answer = null;
        if (fault.AfterEffect || fault.Kind is FaultKind.DropAfterEffect or FaultKind.Truncate or FaultKind.WrongContentType)
        {
            answer = await BufferedAnswer.TakeAsync(context, next);
            context.Response.ContentLength = null;
        }

        switch (fault.Kind)
        {
            case FaultKind.Drop or FaultKind.DropAfterEffect:
                context.Abort();
                break;
            case FaultKind.Hang:
                await WaitAsync(fault.DelayMs > 0 ? fault.DelayMs : Timeout.Infinite, cancellationToken);
                context.Abort();
                break;
            case FaultKind.Truncate:
                await answer!.SendHalfAsync(context, cancellationToken);
                break;
            case FaultKind.WrongContentType:
                context.Response.ContentType = "text/html; charset=utf-8";
                await answer!.SendAsync(context, cancellationToken);
                break;
            case FaultKind.Slow:
                await WaitAsync(fault.DelayMs, cancellationToken);
                await (answer?.SendAsync(context, cancellationToken) ?? next(context));
                break;
            case FaultKind.Garbage:
                context.Response.StatusCode = 200;
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(fault.Body ?? "<html>502 bad gateway</html>{"), cancellationToken);
                break;
            case FaultKind.Variant:
                context.Features.Set(new VariantRequest(fault.Variant!));
                await next(context);
                break;
            default:
                await AnswerStatusAsync(context, request, fault, cancellationToken);
                break;
        }
    }

    private static async Task AnswerStatusAsync(HttpContext context, ServiceRequest request, Fault fault, CancellationToken cancellationToken)
    {
        var response = context.Response;
        if (fault.RetryAfter is not null)
        {
            response.Headers.RetryAfter = fault.RetryAfter;
        }

        foreach (var (name, value) in fault.Headers)
        {
            response.Headers[name] = value;
        }

        if (fault.Body is null)
        {
            await ServiceErrors.WriteAsync(context, request.Service, fault.Status, $"simulated answer {fault.Status}", request.Knobs);
            return;
        }

        response.StatusCode = fault.Status;
        response.ContentType = fault.ContentType;
        await response.WriteAsync(fault.Body, cancellationToken);
    }

    private Task WaitAsync(int milliseconds, CancellationToken cancellationToken) =>
        milliseconds == 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(milliseconds), simulation.Time, cancellationToken);
}
