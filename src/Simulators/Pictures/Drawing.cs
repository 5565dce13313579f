using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PodEngine.Simulators.Pictures;

/// <summary>What a picture is made of; equal drawings give equal bytes.</summary>
internal sealed record Drawing(ulong Seed, string Text, int Width, int Height, int Index = 0)
{
    /// <summary>The PNG file.</summary>
    public byte[] ToPng(IReadOnlyDictionary<string, string>? texts = null) => Png.Encode(new Canvas(this), texts);

    /// <summary>A small version of the same picture.</summary>
    public byte[] ToPreview() => Png.Encode(new Canvas(this with { Width = 64, Height = Math.Max(1, 64 * Height / Math.Max(1, Width)) }));

    /// <summary>A number that stands for seed, text and place in the batch, not for the size.</summary>
    public ulong Fingerprint()
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}\n{Index}\n{Text}"));
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
