namespace PodEngine.Simulators.Faults;

/// <summary>An answer the service has given and nobody has seen yet.</summary>
internal sealed class BufferedAnswer
{
    private readonly byte[] body;

    private BufferedAnswer(byte[] body) => this.body = body;

    /// <summary>Lets the service act while the answer stays here.</summary>
    public static async Task<BufferedAnswer> TakeAsync(HttpContext context, RequestDelegate service)
    {
        var wire = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            await service(context);
            await context.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            context.Response.Body = wire;
        }

        return new BufferedAnswer(buffer.ToArray());
    }

    public async Task SendAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, cancellationToken);
    }

    public async Task SendHalfAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
        context.Abort();
    }
}
