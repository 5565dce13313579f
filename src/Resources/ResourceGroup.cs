namespace PodEngine.Resources;

/// <summary>The API group of the custom resources.</summary>
public static class ResourceGroup
{
    /// <summary>The group.</summary>
    public const string Name = "podengine.io";

    /// <summary>Its version.</summary>
    public const string Version = "v1alpha1";

    /// <summary>What stands in <c>apiVersion</c>.</summary>
    public const string ApiVersion = Name + "/" + Version;
}
