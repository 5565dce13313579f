using PodEngine.Providers.Http;

namespace PodEngine.Providers.Tests.Http;

public sealed class ProviderAccountTests
{
    private static readonly Uri Address = new("https://api.printify.com");

    [Fact]
    public void Who_uses_the_same_key_at_the_same_address_is_the_same_account()
    {
        Assert.Equal(ProviderAccount.Fingerprint(Address, "token"), ProviderAccount.Fingerprint(new("https://api.printify.com/"), "token"));
        Assert.NotEqual(ProviderAccount.Fingerprint(Address, "token"), ProviderAccount.Fingerprint(Address, "other"));
        Assert.NotEqual(ProviderAccount.Fingerprint(Address, "token"), ProviderAccount.Fingerprint(new("http://localhost:5000"), "token"));
    }

    [Fact]
    public void A_fingerprint_says_nothing_of_the_key() => Assert.Matches("^[0-9a-f]{16}$", ProviderAccount.Fingerprint(Address, "secret-token"));
}
