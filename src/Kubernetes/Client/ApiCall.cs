using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace PodEngine.Kubernetes.Client;

/// <summary>One request to the API server, which can be sent more than once.</summary>
internal sealed record ApiCall(HttpMethod Method, string Verb, string Subject, string Path)
{
    public const string ApplyPatch = "application/apply-patch+yaml";
    public const string MergePatch = "application/merge-patch+json";

    private byte[]? Body { get; init; }

    private string? ContentType { get; init; }

    public bool IsRead => Method == HttpMethod.Get;

    public ApiCall With<T>(T body, JsonTypeInfo<T> json, string contentType = "application/json") =>
        this with { Body = JsonSerializer.SerializeToUtf8Bytes(body, json), ContentType = contentType };

    public ApiCall With(JsonNode body, string contentType) =>
        this with { Body = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()), ContentType = contentType };

    public HttpRequestMessage ToRequest(Uri server)
    {
        var request = new HttpRequestMessage(Method, new Uri(server, server.AbsolutePath.TrimEnd('/') + Path))
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType!);
        }

        return request;
    }

    public override string ToString() => $"{Verb} {Subject}";
}
