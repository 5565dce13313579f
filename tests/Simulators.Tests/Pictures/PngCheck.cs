using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PodEngine.Simulators.Tests.Pictures;

/// <summary>Reads a PNG as its specification says, independently of the writer: signature, chunk CRCs, IHDR, inflated length.</summary>
internal static class PngCheck
{
    public static (int Width, int Height, IReadOnlyList<string> Chunks) Read(byte[] file)
    {
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(file, 0, 8));
        var chunks = new List<string>();
        using var data = new MemoryStream();
        var (width, height) = (0, 0);
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var typed = file.AsSpan(at + 4, length + 4);
            Assert.Equal(Crc(typed), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            var type = Encoding.ASCII.GetString(typed[..4]);
            chunks.Add(type);
            if (type == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(typed[4..]), BinaryPrimitives.ReadInt32BigEndian(typed[8..]));
                Assert.Equal([8, 3, 0, 0, 0], typed[12..17].ToArray());
            }
            else if (type == "IDAT")
            {
                data.Write(typed[4..]);
            }

            at += 12 + length;
        }

        data.Position = 0;
        using var inflated = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionMode.Decompress))
        {
            zlib.CopyTo(inflated);
        }

        Assert.Equal((long)(width + 1) * height, inflated.Length);
        Assert.Equal("IHDR", chunks[0]);
        Assert.Equal("IEND", chunks[^1]);
        return (width, height, chunks);
    }

    // Bit by bit, on purpose not the table the writer uses.
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
