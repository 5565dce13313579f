namespace PodEngine.Kubernetes.Applying;

/// <summary>A field that another manager owns.</summary>
/// <param name="Field">Its path, such as <c>.spec.replicas</c>.</param>
/// <param name="Message">Who owns it, in the API server's words, such as <c>conflict with "kubectl" using apps/v1</c>.</param>
public sealed record FieldConflict(string Field, string Message);
