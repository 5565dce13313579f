namespace PodEngine.Cli.Tests;

/// <summary>Manifests as texts.</summary>
internal static class Texts
{
    public const string Pool = """
        apiVersion: podengine.io/v1alpha1
        kind: WorkerPool
        metadata: {name: default}
        spec:
          providers:
            comfyUI: {urls: ["http://127.0.0.1:1/comfyui"]}
            storage: {filesystem: {claimName: pictures}}
            printify: {shopId: 1001}
        """;

    public static string Job(string name, string design = "{theme: cats, productTypes: [mug]}", string more = "") => $$"""
        apiVersion: podengine.io/v1alpha1
        kind: PodJob
        metadata: {name: {{name}}}
        spec:
          design: {{design}}
          {{more}}
        """;
}
