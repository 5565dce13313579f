namespace PodEngine.Pipeline.Images;

/// <summary>The recorded request of a picture: enough to look for it after a lost answer.</summary>
/// <param name="Nonce">Makes order ids of different purchases of one picture differ; the lease token of the attempt that began it.</param>
/// <param name="Seed">The sampler's seed.</param>
internal sealed record PictureWanted(long Nonce, long Seed);
