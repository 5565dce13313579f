namespace PodEngine.Kubernetes.Objects;

/// <summary>Names the API resource a record stands for; the vocabulary is KubeOps's, so that its users feel at home.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KubernetesEntityAttribute : Attribute
{
    /// <summary>API group; empty for the core group, which is the default.</summary>
    public string Group { get; init; } = "";

    /// <summary>Version within the group, such as <c>v1alpha1</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Kind in CamelCase, such as <c>Deployment</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Plural in lower case as it stands in addresses, such as <c>deployments</c>.</summary>
    public required string PluralName { get; init; }

    /// <summary>What stands in an object's <c>apiVersion</c>: <c>group/version</c>, or the version alone for the core group.</summary>
    public string GroupVersion => Group.Length == 0 ? ApiVersion : $"{Group}/{ApiVersion}";
}
