using System.Reflection;
using PodEngine.Shared.Faults;

namespace PodEngine.Shared.Tests.Faults;

public sealed class JobFaultTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1024, 1024)]
    [InlineData(1025, 1024)]
    [InlineData(100_000, 1024)]
    public void A_message_is_cut_to_1024_characters_and_shows_that_it_was(int length, int kept)
    {
        var fault = new JobFault { Class = FaultClass.Provider, Code = FaultCodes.ProviderRejected, Message = new string('m', length) };

        Assert.Equal(kept, fault.Message.Length);
        Assert.Equal(length > kept, fault.Message.EndsWith('…'));
    }

    [Fact]
    public void A_copy_with_another_message_is_cut_as_well()
    {
        var fault = new JobFault { Class = FaultClass.Engine, Code = FaultCodes.InternalError, Message = "short" };

        Assert.Equal(JobFault.MaxMessageLength, (fault with { Message = new string('m', 5000) }).Message.Length);
    }

    [Fact]
    public void A_message_is_never_cut_within_a_character()
    {
        var fault = new JobFault { Class = FaultClass.Engine, Code = FaultCodes.InternalError, Message = string.Concat(Enumerable.Repeat("🐈", 1000)) };

        Assert.All(fault.Message.EnumerateRunes(), rune => Assert.NotEqual(System.Text.Rune.ReplacementChar, rune));
        Assert.InRange(fault.Message.Length, 1000, JobFault.MaxMessageLength);
    }

    [Fact]
    public void Every_code_is_one_word_and_no_two_are_the_same()
    {
        string[] codes = [.. typeof(FaultCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

        Assert.Distinct(codes);
        Assert.All(codes, code => Assert.Matches("^(ERR_[0-9]{4}|[A-Z][A-Za-z]+)$", code));
    }
}
