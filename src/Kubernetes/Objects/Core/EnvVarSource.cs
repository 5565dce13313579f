namespace PodEngine.Kubernetes.Objects.Core;

/// <summary>Exactly one source of an environment variable's value.</summary>
public sealed record EnvVarSource
{
    /// <summary>A field of the pod.</summary>
    public ObjectFieldSelector? FieldRef { get; init; }

    /// <summary>A key of a ConfigMap.</summary>
    public KeySelector? ConfigMapKeyRef { get; init; }

    /// <summary>A key of a Secret.</summary>
    public KeySelector? SecretKeyRef { get; init; }
}
