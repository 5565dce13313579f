using System.Buffers.Binary;
using System.Text;

namespace PodEngine.Simulators.Printify;

/// <summary>Kind and size of a picture, read from its first bytes: PNG, JPEG or, when allowed, SVG.</summary>
internal sealed record ImageHeader(string MimeType, int Width, int Height)
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static ImageHeader? Read(ReadOnlySpan<byte> file, bool allowSvg)
    {
        if (file.StartsWith(PngSignature))
        {
            return file.Length >= 24 && file[12..16].SequenceEqual("IHDR"u8)
                ? Checked("image/png", BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]))
                : null;
        }

        if (file is [0xFF, 0xD8, 0xFF, ..])
        {
            return ReadJpeg(file[2..]);
        }

        var start = Encoding.UTF8.GetString(file[..Math.Min(file.Length, 512)]);
        return allowSvg && start.Contains("<svg", StringComparison.OrdinalIgnoreCase) ? new ImageHeader("image/svg+xml", 1000, 1000) : null;
    }

    // Segments are marker, length, data; the size stands in the start-of-frame segment (0xC0–0xCF but C4, C8, CC).
    private static ImageHeader? ReadJpeg(ReadOnlySpan<byte> rest)
    {
        while (rest.Length >= 4 && rest[0] == 0xFF)
        {
            var marker = rest[1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return rest.Length >= 9
                    ? Checked("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(rest[7..]), BinaryPrimitives.ReadUInt16BigEndian(rest[5..]))
                    : null;
            }

            if (length + 2 > rest.Length)
            {
                return null;
            }

            rest = rest[(length + 2)..];
        }

        return null;
    }

    private static ImageHeader? Checked(string type, int width, int height) => width > 0 && height > 0 ? new ImageHeader(type, width, height) : null;
}
