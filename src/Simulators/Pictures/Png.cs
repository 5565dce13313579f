using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PodEngine.Simulators.Pictures;

/// <summary>Writes PNG files (https://www.w3.org/TR/png-3/): 8-bit palette, one IDAT chunk.</summary>
internal static class Png
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Encodes a picture whose rows come from <paramref name="source"/>, with optional text chunks.</summary>
    public static byte[] Encode(IPixelSource source, IReadOnlyDictionary<string, string>? texts = null)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, source.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), source.Height);
        header[8] = 8; // bits per sample
        header[9] = 3; // palette
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "PLTE", source.Palette);
        foreach (var (key, text) in texts ?? new Dictionary<string, string>())
        {
            WriteChunk(file, "tEXt", Encoding.Latin1.GetBytes($"{key}\0{text}"));
        }

        using var pixels = new MemoryStream();
        Compress(source, pixels);
        WriteChunk(file, "IDAT", pixels.GetBuffer().AsSpan(0, (int)pixels.Length));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Compress(IPixelSource source, Stream target)
    {
        using var zlib = new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true);
        var row = new byte[source.Width + 1];
        var same = new byte[source.Width + 1];
        same[0] = 2; // filter "up" of an equal row: zeros
        for (var y = 0; y < source.Height; y++)
        {
            if (source.RepeatsRowAbove(y))
            {
                zlib.Write(same);
                continue;
            }

            source.Fill(y, row.AsSpan(1));
            zlib.Write(row);
        }
    }

    private static void WriteChunk(Stream file, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        var name = Encoding.ASCII.GetBytes(type);
        file.Write(name);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(name, data));
        file.Write(number);
    }
}
