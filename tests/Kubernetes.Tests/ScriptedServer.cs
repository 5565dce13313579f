using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using PodEngine.Kubernetes.Client;

namespace PodEngine.Kubernetes.Tests;

/// <summary>Answers as a test says: for what a real API server cannot be brought to do on demand.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private int requests;

    private ScriptedServer(WebApplication app) => this.app = app;

    public int Requests => Volatile.Read(ref requests);

    public Uri Address => new(app.Urls.First());

    public KubernetesConnection Connection => new() { Server = new Uri(app.Urls.First()), Token = "token" };

    public static Task<ScriptedServer> StartAsync(Func<HttpContext, int, Task> answer) =>
        StartAsync(static hosting => hosting.UseUrls("http://127.0.0.1:0"), answer);

    /// <summary>A server with TLS, whose certificate is asked for at each handshake; one request per connection.</summary>
    public static Task<ScriptedServer> StartWithTlsAsync(Func<X509Certificate2> certificate, Func<HttpContext, int, Task> answer) => StartAsync(
        hosting => hosting.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate());
        })),
        (context, number) =>
        {
            context.Response.Headers.Connection = "close";
            return answer(context, number);
        });

    private static async Task<ScriptedServer> StartAsync(Action<IWebHostBuilder> listen, Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        listen(builder.WebHost);
        var app = builder.Build();
        var server = new ScriptedServer(app);
        app.Run(context => answer(context, Interlocked.Increment(ref server.requests)));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public KubernetesClient Client(TimeProvider? time = null) => new(Connection, time ?? TimeProvider.System);

    public static async Task RefuseAsync(HttpContext context, int code, string reason, int? retryAfter = null)
    {
        context.Response.StatusCode = code;
        if (retryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await context.Response.WriteAsync($$$"""{"kind":"Status","status":"Failure","reason":"{{{reason}}}","code":{{{code}}},"message":"scripted","details":{}}""");
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
