using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using PodEngine.Kubernetes.Client;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Kubernetes.Watching;

/// <summary>
/// One watch connection. It ends without a fault when the server's time is up, the connection is closed between lines, or nothing came
/// for the idle timeout; a cut connection or an ERROR line is a fault. Whoever goes on starts from the last event's resource version.
/// </summary>
internal static class WatchStream
{
    /// <summary>A line longer than this is no object of an API server, whose limit is 1.5 MiB.</summary>
    private const int LongestLine = 16 * 1024 * 1024;

    public static async IAsyncEnumerable<WatchEvent<T>> ReadAsync<T>(
        ApiChannel channel, ResourceType<T> type, WatchRequest request, TimeProvider time, Action contact, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var call = CallFor(type, request);
        using var response = await channel.OpenAsync(call, cancellationToken);
        contact();
        Telemetry.WatchStarts.Add(1, Telemetry.Tag("resource", type.ToString()));
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var reader = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        using var idle = new CancellationTokenSource(request.IdleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, idle.Token);
        List<WatchEvent<T>> events = [];
        while (await ReadSomeAsync(channel, call, reader, either.Token, idle.Token) is { } read)
        {
            contact();
            idle.CancelAfter(request.IdleTimeout);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                events.Add(WatchLine.Parse(call, type, rest.Slice(0, end)));
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > LongestLine)
            {
                throw new InvalidDataException($"{call}: a line of more than {LongestLine} bytes from {channel.Connection.Server}: not an API server's watch.");
            }

            reader.AdvanceTo(rest.Start, rest.End);
            foreach (var each in events)
            {
                yield return each;
            }

            events.Clear();
            if (read.IsCompleted)
            {
                break;
            }
        }
    }

    private static ApiCall CallFor<T>(ResourceType<T> type, WatchRequest request)
        where T : KubernetesObject
    {
        var seconds = (int)(request.Duration?.TotalSeconds ?? Random.Shared.Next(5 * 60, 9 * 60));
        var path = ResourceAddress.WithQuery(
            ResourceAddress.OfCollection(type, request.Objects.Namespace),
            ("watch", "true"),
            ("allowWatchBookmarks", "true"),
            ("resourceVersion", request.ResourceVersion),
            ("timeoutSeconds", Math.Max(1, seconds).ToString(CultureInfo.InvariantCulture)),
            ("labelSelector", request.Objects.LabelSelector),
            ("fieldSelector", request.Objects.FieldSelector));
        return new ApiCall(HttpMethod.Get, "watch", type.ToString(), path);
    }

    /// <summary>The next bytes, or null when the stream fell silent.</summary>
    private static async ValueTask<ReadResult?> ReadSomeAsync(
        ApiChannel channel, ApiCall call, PipeReader reader, CancellationToken either, CancellationToken idle)
    {
        try
        {
            return await reader.ReadAsync(either);
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw KubernetesUnreachableException.From(channel.Connection, call.ToString(), fault);
        }
    }
}
