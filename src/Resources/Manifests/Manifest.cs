using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Objects;

namespace PodEngine.Resources.Manifests;

/// <summary>A valid manifest.</summary>
/// <param name="Resource">The record: a PodJob, WorkerPool, InferenceEndpoint, GenerationModel or ConfigMap.</param>
/// <param name="Json">The manifest with defaults filled in.</param>
/// <param name="SourceName">Where it was read from.</param>
/// <param name="Line">Its first line there, from 1.</param>
public sealed record Manifest(KubernetesObject Resource, JsonObject Json, string SourceName, int Line);
