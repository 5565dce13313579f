using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;
using PodEngine.Shared.Workflows;

namespace PodEngine.Resources.Admission;

/// <summary>Resolves what a design job needs of its pool.</summary>
internal static class DesignAdmission
{
    /// <summary>The resolved design; null where faults were added.</summary>
    public static DesignWork? Admit(DesignSpec design, AdmissionReferences references, List<AdmissionFault> faults)
    {
        if (references.Pool is not { } pool)
        {
            return null;
        }

        var before = faults.Count;
        CheckBackend(pool, faults);
        var workflow = ResolveWorkflow(design, pool, references, faults);
        var products = ResolveProducts(design, pool, references, faults);
        var platforms = ResolvePlatforms(design, pool, faults);
        return faults.Count > before ? null : new DesignWork
        {
            Brief = Brief(design),
            Image = Image(design.Image),
            Workflow = workflow,
            Products = products,
            Platforms = platforms,
            AutoPublish = design.AutoPublish,
            Approval = new ApprovalPolicy
            {
                Required = design.Approval.Mode == ApprovalMode.Required,
                ExpireSeconds = design.Approval.ExpireSeconds,
            },
        };
    }

    private static void CheckBackend(WorkerPool pool, List<AdmissionFault> faults)
    {
        if (pool.Spec.Providers is { ComfyUI: null, RunPod: null })
        {
            faults.Add(new AdmissionFault(
                FaultCodes.ImageBackendNotConfigured,
                "spec.workerPoolName",
                $"worker pool '{pool.Metadata.Name}' has nothing to draw with; set its spec.providers.comfyUI or spec.providers.runPod"));
        }
    }

    private static string? ResolveWorkflow(DesignSpec design, WorkerPool pool, AdmissionReferences references, List<AdmissionFault> faults)
    {
        const string field = "spec.design.image.workflowKey";
        if (design.Image?.WorkflowKey is not { } key)
        {
            return null;
        }

        var configMap = pool.Spec.Providers.WorkflowsConfigMapName;
        if (references.Workflows?.Data?.GetValueOrDefault(key) is { } text)
        {
            if (WorkflowText.Read(text, out var wrong) is not null)
            {
                return text;
            }

            faults.Add(new AdmissionFault(
                FaultCodes.WorkflowInvalid, field, $"workflow '{key}' of the ConfigMap '{configMap}' cannot be used: {Wording.Few(wrong)}"));
            return null;
        }

        faults.Add(new AdmissionFault(FaultCodes.WorkflowNotFound, field, (configMap, references.Workflows) switch
        {
            (null, _) => $"worker pool '{pool.Metadata.Name}' has no workflows; put '{key}' into a ConfigMap and name it in the pool's spec.providers.workflowsConfigMapName",
            (_, null) => $"the ConfigMap '{configMap}' with the workflows of worker pool '{pool.Metadata.Name}' does not exist; create it with the key '{key}'",
            var (_, workflows) => $"workflow '{key}' is not in the ConfigMap '{configMap}'; {Wording.List("it has", workflows.Data?.Keys ?? [])}",
        }));
        return null;
    }

    private static List<ProductDefinition> ResolveProducts(DesignSpec design, WorkerPool pool, AdmissionReferences references, List<AdmissionFault> faults)
    {
        if (pool.Spec.Providers.CatalogConfigMapName is { } configMap && references.Catalog is null)
        {
            faults.Add(new AdmissionFault(
                FaultCodes.CatalogInvalid,
                "spec.design.productTypes",
                $"the ConfigMap '{configMap}' with the catalogue of worker pool '{pool.Metadata.Name}' does not exist; create it, or take the name out of the pool's spec.providers"));
            return [];
        }

        var catalog = new PoolCatalog(references.Catalog);
        var products = new List<ProductDefinition>();
        for (var index = 0; index < design.ProductTypes.Count; index++)
        {
            var type = design.ProductTypes[index];
            var field = $"spec.design.productTypes[{index}]";
            if (!catalog.Types.Contains(type, StringComparer.Ordinal))
            {
                faults.Add(new AdmissionFault(
                    FaultCodes.ProductTypeUnknown, field, $"product type '{type}' is not in the catalogue; {Wording.List("it has", catalog.Types)}"));
            }
            else if (catalog.Find(type, out var wrong) is { } product)
            {
                products.Add(product);
            }
            else
            {
                faults.Add(new AdmissionFault(
                    FaultCodes.CatalogInvalid,
                    field,
                    $"the entry '{type}' of the catalogue ConfigMap '{references.Catalog?.Metadata.Name}' cannot be used: {string.Join("; ", wrong)}"));
            }
        }

        return products;
    }

    private static List<PlatformTarget> ResolvePlatforms(DesignSpec design, WorkerPool pool, List<AdmissionFault> faults)
    {
        var shops = (pool.Spec.Providers.Platforms ?? []).ToDictionary(static each => each.Name, static each => each.ShopId, StringComparer.Ordinal);
        if (pool.Spec.Providers.Printify?.ShopId is { } own)
        {
            shops[PrintifySpec.PlatformName] = own;
        }

        if (design.Platforms is not { Count: > 0 } names)
        {
            if (shops.TryGetValue(PrintifySpec.PlatformName, out var shop))
            {
                return [new PlatformTarget(PrintifySpec.PlatformName, shop)];
            }

            faults.Add(new AdmissionFault(
                FaultCodes.ShopNotConfigured,
                "spec.design.platforms",
                $"worker pool '{pool.Metadata.Name}' has no shop of its own; set its spec.providers.printify.shopId, or name platforms: {Wording.List("it has", shops.Keys)}"));
            return [];
        }

        var targets = new List<PlatformTarget>();
        for (var index = 0; index < names.Count; index++)
        {
            if (shops.TryGetValue(names[index], out var shop))
            {
                targets.Add(new PlatformTarget(names[index], shop));
            }
            else
            {
                faults.Add(new AdmissionFault(
                    FaultCodes.PlatformUnknown,
                    $"spec.design.platforms[{index}]",
                    $"worker pool '{pool.Metadata.Name}' has no platform '{names[index]}'; {Wording.List("it has", shops.Keys)}. Others are added to its spec.providers.platforms with their Printify shop"));
            }
        }

        return targets;
    }

    private static DesignBrief Brief(DesignSpec design) => new()
    {
        Prompt = design.Prompt,
        Theme = design.Theme ?? DesignSpec.DefaultTheme,
        Style = design.Style ?? DesignSpec.DefaultStyle,
        Niche = design.Niche ?? DesignSpec.DefaultNiche,
        Count = design.Count,
    };

    private static ImageSettings Image(ImageSpec? image) => image is null ? new() : new()
    {
        Width = image.Width,
        Height = image.Height,
        Steps = image.Steps,
        CfgMilli = image.CfgMilli,
        Seed = image.Seed,
        Checkpoint = image.Checkpoint,
        NegativePrompt = image.NegativePrompt,
        WorkflowKey = image.WorkflowKey,
    };
}
