using System.Security.Cryptography;
using System.Text;
using PodEngine.Pipeline.Attempts;
using PodEngine.Queue;

namespace PodEngine.Pipeline.Products;

/// <summary>
/// The keys by which things of a job are found again at Printify: the same in every attempt, short (20 characters leave room for the variant in a SKU), of
/// letters, digits and dashes. 64 bits of a hash: two of a billion products share one with a chance of 1 in 37.
/// </summary>
internal static class Marker
{
    /// <summary>SKU marker of a product.</summary>
    public static string OfProduct(JobId job, ProductKey product) => $"pod-{Hash($"{job}/{product.Item}")}";

    /// <summary>File name of an upload.</summary>
    public static string OfUpload(JobId job, int image, string mediaType) => $"pod-{Hash($"{job}/{image}")}{Extension(mediaType)}";

    private static string Extension(string mediaType) => mediaType switch
    {
        "image/jpeg" => ".jpg",
        "image/gif" => ".gif",
        "image/webp" => ".webp",
        _ => ".png",
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
