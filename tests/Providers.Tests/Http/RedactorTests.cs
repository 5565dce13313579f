using PodEngine.Providers.Http;

namespace PodEngine.Providers.Tests.Http;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("the key my-secret-key is wrong", "the key *** is wrong")]
    [InlineData("x-api-key: abcdef012345 is invalid", "x-api-key: *** is invalid")]
    [InlineData("Authorization: Bearer abc.def refused", "Authorization: Bearer *** refused")]
    [InlineData("sk-ant-api03-aBc_dEf-123 expired", "*** expired")]
    [InlineData("rpa_ABCDEF1234567 expired", "*** expired")]
    [InlineData("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln expired", "token *** expired")]
    [InlineData("http://user:pass@proxy:3128 refused", "http://***@proxy:3128 refused")]
    [InlineData("nothing to hide", "nothing to hide")]
    public void Key_material_is_taken_out_of_messages(string said, string shown) =>
        Assert.Equal(shown, Redactor.Redact(said, "my-secret-key"));

    [Fact]
    public void A_key_shows_in_no_text() => Assert.Equal("***", ProviderKey.Of("my-secret-key").ToString());

    [Fact]
    public void A_rotated_key_is_used_at_once_and_blank_is_none()
    {
        string? mounted = " first\n";
        var key = new ProviderKey(() => mounted);

        Assert.Equal("first", key.Read());
        mounted = "second";
        Assert.Equal("second", key.Read());
        mounted = " ";
        Assert.Null(key.Read());
    }
}
