using System.Net;
using System.Text;

namespace PodEngine.Simulators.RunPod;

/// <summary>Posts a job's status to an address: 200 is expected, else two more tries follow.</summary>
internal sealed class WebhookDelivery(TimeProvider time, CancellationToken stopping) : IDisposable
{
    private const int Tries = 3;

    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>True when a try was answered with 200.</summary>
    public async Task<bool> DeliverAsync(string url, string body, TimeSpan pause)
    {
        for (var attempt = 1; !stopping.IsCancellationRequested; attempt++)
        {
            if (await TryAsync(url, body))
            {
                return true;
            }

            if (attempt == Tries)
            {
                break;
            }

            try
            {
                await Task.Delay(pause, time, stopping);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        return false;
    }

    public void Dispose() => client.Dispose();

    private async Task<bool> TryAsync(string url, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri(url), content, stopping);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or UriFormatException or InvalidOperationException or NotSupportedException)
        {
            return false;
        }
    }
}
