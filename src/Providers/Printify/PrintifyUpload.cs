namespace PodEngine.Providers.Printify;

/// <summary>A picture in the account's media library.</summary>
/// <param name="Id">Upload id.</param>
/// <param name="FileName">Name it was given.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Bytes">Size.</param>
public sealed record PrintifyUpload(string Id, string FileName, int Width, int Height, long Bytes);
