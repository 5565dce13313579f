namespace PodEngine.Providers.Http;

/// <summary>Whether a failed call may have bought or changed something on the provider's side.</summary>
public enum Spend
{
    /// <summary>Nothing was bought or made: the request was refused or never left. It may be sent again.</summary>
    None,

    /// <summary>The request left and its answer was lost or useless: look it up before sending it again.</summary>
    Unknown,

    /// <summary>It was certainly bought or made, and what came back cannot be used.</summary>
    Made,
}
