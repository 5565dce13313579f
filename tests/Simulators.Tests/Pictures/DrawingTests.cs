using PodEngine.Simulators.Pictures;

namespace PodEngine.Simulators.Tests.Pictures;

public class DrawingTests
{
    [Theory]
    [InlineData(1024, 1024)]
    [InlineData(16, 24)]
    [InlineData(1000, 640)]
    [InlineData(64, 2048)]
    public void A_drawing_is_a_whole_png_of_the_size_asked_for(int width, int height)
    {
        var (actualWidth, actualHeight, chunks) = PngCheck.Read(new Drawing(7, "a fox", width, height).ToPng());

        Assert.Equal((width, height), (actualWidth, actualHeight));
        Assert.Contains("PLTE", chunks);
    }

    [Fact]
    public void Equal_drawings_are_equal_bytes_and_seed_text_and_place_each_change_the_picture()
    {
        var first = new Drawing(7, "a fox", 128, 128);

        Assert.Equal(first.ToPng(), new Drawing(7, "a fox", 128, 128).ToPng());
        Assert.NotEqual(first.ToPng(), (first with { Seed = 8 }).ToPng());
        Assert.NotEqual(first.ToPng(), (first with { Text = "a cat" }).ToPng());
        Assert.NotEqual(first.ToPng(), (first with { Index = 1 }).ToPng());
    }

    [Fact]
    public void A_large_picture_stays_far_below_what_printify_takes_as_base64() =>
        Assert.All(Enumerable.Range(0, 12), seed => Assert.InRange(new Drawing((ulong)seed, "size", 1024, 1024).ToPng().Length, 5_000, 1_500_000));

    [Fact]
    public void The_workflow_travels_in_a_text_chunk_when_asked_for()
    {
        var file = new Drawing(1, "x", 32, 32).ToPng(new Dictionary<string, string> { ["prompt"] = "{}" });

        Assert.Contains("tEXt", PngCheck.Read(file).Chunks);
    }
}
