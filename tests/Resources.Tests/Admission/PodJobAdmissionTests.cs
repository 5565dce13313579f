using System.Text.Json.Nodes;
using PodEngine.Kubernetes.Objects;
using PodEngine.Kubernetes.Objects.Core;
using PodEngine.Queue;
using PodEngine.Resources.Admission;
using PodEngine.Resources.GenerationModels;
using PodEngine.Resources.InferenceEndpoints;
using PodEngine.Resources.PodJobs;
using PodEngine.Resources.WorkerPools;
using PodEngine.Shared.Faults;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;

namespace PodEngine.Resources.Tests.Admission;

public sealed class PodJobAdmissionTests
{
    private static readonly WorkerPool Pool = new()
    {
        Metadata = new ObjectMeta { Name = "default", Namespace = "shop" },
        Spec = new WorkerPoolSpec
        {
            Providers = new ProvidersSpec
            {
                ComfyUI = new ComfyUISpec { Urls = ["http://comfy:8188"] },
                Printify = new PrintifySpec { ShopId = 1001 },
                Platforms = [new PlatformSpec { Name = "etsy", ShopId = 1003 }, new PlatformSpec { Name = "shopify", ShopId = 1002 }],
                Webhooks = [new WebhookSpec { Name = "done", Url = "https://example.com/done" }],
            },
        },
    };

    private static readonly GenerationModel Model = new()
    {
        Metadata = new ObjectMeta { Name = "anime", Namespace = "shop", Generation = 7 },
        Spec = new GenerationModelSpec
        {
            EndpointName = "gpu",
            DisplayName = "Anime",
            Category = ModelCategory.Image,
            InputSchema = [],
            Published = true,
            ConfigOverrides = new ConfigOverrides { LockedInputs = new JsonObject { ["steps"] = 20 }, HiddenFields = ["steps"], PromptPrefix = "anime, " },
        },
    };

    private static readonly InferenceEndpoint Endpoint = new()
    {
        Metadata = new ObjectMeta { Name = "gpu", Namespace = "shop" },
        Spec = new InferenceEndpointSpec { EndpointId = "secret-id", BaseUrl = "http://runpod/v2" },
    };

    private static readonly AdmissionReferences References = new() { Pool = Pool, Model = Model, Endpoint = Endpoint };

    [Fact]
    public void A_design_is_admitted_with_products_shops_and_words_resolved()
    {
        var job = Design(new DesignSpec { Theme = "cats", ProductTypes = ["hoodie", "tshirt"], Platforms = ["etsy", "printify"], Count = 3, AutoPublish = true });

        var snapshot = Admitted(job, References);

        Assert.Equal(("shop", "job", UnknownPurchasePolicy.RepeatOnce), (snapshot.Namespace, snapshot.Name, snapshot.OnUnknownPurchase));
        var work = Assert.IsType<DesignWork>(snapshot.Work);
        Assert.Equal(new DesignBrief { Theme = "cats", Style = "modern", Niche = "general audience", Count = 3 }, work.Brief);
        Assert.Equal([ProductCatalog.Default["hoodie"], ProductCatalog.Default["tshirt"]], work.Products);
        Assert.Equal([new PlatformTarget("etsy", 1003), new PlatformTarget("printify", 1001)], work.Platforms);
        Assert.True(work.AutoPublish);
        Assert.Equal(new ApprovalPolicy(), work.Approval);
    }

    [Fact]
    public void Nothing_is_published_and_the_pools_own_shop_is_used_unless_asked_otherwise()
    {
        var work = Assert.IsType<DesignWork>(Admitted(Design(new DesignSpec { ProductTypes = ["mug"] }), References).Work);

        Assert.False(work.AutoPublish);
        Assert.Equal([new PlatformTarget("printify", 1001)], work.Platforms);
        Assert.Equal("general", work.Brief.Theme);
        Assert.Null(work.Brief.Prompt);
    }

    [Fact]
    public void Image_settings_approval_and_the_unknown_purchase_policy_are_kept()
    {
        var job = Design(new DesignSpec
        {
            Prompt = "a cat",
            ProductTypes = ["mug"],
            Image = new ImageSpec { Width = 512, Height = 768, Steps = 9, CfgMilli = 6500, Seed = 4, Checkpoint = "a.safetensors", NegativePrompt = "dogs" },
            Approval = new ApprovalSpec { Mode = ApprovalMode.Required, ExpireSeconds = 3600 },
        });
        job = job with { Spec = job.Spec with { OnUnknownPurchase = OnUnknownPurchase.Fail, Notify = "done" } };

        var snapshot = Admitted(job, References);

        var work = Assert.IsType<DesignWork>(snapshot.Work);
        Assert.Equal(
            new ImageSettings { Width = 512, Height = 768, Steps = 9, CfgMilli = 6500, Seed = 4, Checkpoint = "a.safetensors", NegativePrompt = "dogs" },
            work.Image);
        Assert.Equal(new ApprovalPolicy { Required = true, ExpireSeconds = 3600 }, work.Approval);
        Assert.Equal((UnknownPurchasePolicy.Fail, "done"), (snapshot.OnUnknownPurchase, snapshot.Notify));
        Assert.Equal("a cat", work.Brief.Prompt);
    }

    [Fact]
    public void A_missing_pool_is_named_with_its_namespace()
    {
        var fault = Assert.Single(Rejected(Design(new DesignSpec { ProductTypes = ["mug"] }), new AdmissionReferences()));

        Assert.Equal((FaultCodes.PoolNotFound, "spec.workerPoolName"), (fault.Code, fault.Field));
        Assert.Contains("no worker pool 'default' in namespace 'shop'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_product_type_is_refused_and_told_what_there_is()
    {
        var fault = Assert.Single(Rejected(Design(new DesignSpec { ProductTypes = ["mug", "tshrt"] }), References));

        Assert.Equal(
            new AdmissionFault(
                FaultCodes.ProductTypeUnknown,
                "spec.design.productTypes[1]",
                "product type 'tshrt' is not in the catalogue; it has: hoodie, mug, poster, tshirt"),
            fault);
    }

    [Fact]
    public void Every_reason_is_told_at_once()
    {
        var job = Design(new DesignSpec
        {
            Prompt = "a cat",
            Theme = "cats",
            ProductTypes = ["sock"],
            Platforms = ["amazon"],
            Image = new ImageSpec { WorkflowKey = "flux.json" },
        });
        var pool = Pool with { Spec = Pool.Spec with { Providers = Pool.Spec.Providers with { ComfyUI = null } } };

        var faults = Rejected(job with { Spec = job.Spec with { Notify = "nobody" } }, new AdmissionReferences { Pool = pool });

        Assert.Equal(
            [
                FaultCodes.InputInvalid, FaultCodes.WebhookUnknown, FaultCodes.ImageBackendNotConfigured, FaultCodes.WorkflowNotFound,
                FaultCodes.ProductTypeUnknown, FaultCodes.PlatformUnknown,
            ],
            faults.Select(fault => fault.Code));
    }

    [Fact]
    public void A_platform_the_pool_does_not_have_is_told_those_it_has()
    {
        var fault = Assert.Single(Rejected(Design(new DesignSpec { ProductTypes = ["mug"], Platforms = ["etsy", "tiktok"] }), References));

        Assert.Equal((FaultCodes.PlatformUnknown, "spec.design.platforms[1]"), (fault.Code, fault.Field));
        Assert.Contains("no platform 'tiktok'; it has: etsy, printify, shopify", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_without_a_shop_of_its_own_needs_platforms()
    {
        var pool = Pool with { Spec = Pool.Spec with { Providers = Pool.Spec.Providers with { Printify = null } } };

        var fault = Assert.Single(Rejected(Design(new DesignSpec { ProductTypes = ["mug"] }), new AdmissionReferences { Pool = pool }));

        Assert.Equal(FaultCodes.ShopNotConfigured, fault.Code);
        Assert.Contains("it has: etsy, shopify", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false, "has no workflows")]
    [InlineData("flows", false, "the ConfigMap 'flows' with the workflows of worker pool 'default' does not exist")]
    [InlineData("flows", true, "workflow 'flux.json' is not in the ConfigMap 'flows'; it has: sdxl.json")]
    public void A_workflow_must_be_in_the_pools_config_map(string? configMap, bool exists, string message)
    {
        var references = new AdmissionReferences
        {
            Pool = Pool with { Spec = Pool.Spec with { Providers = Pool.Spec.Providers with { WorkflowsConfigMapName = configMap } } },
            Workflows = exists ? Map("flows", ("sdxl.json", "{}")) : null,
        };

        var fault = Assert.Single(Rejected(Design(new DesignSpec { ProductTypes = ["mug"], Image = new ImageSpec { WorkflowKey = "flux.json" } }), references));

        Assert.Equal(FaultCodes.WorkflowNotFound, fault.Code);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workflow_of_the_pool_travels_with_the_job_and_a_later_edit_changes_nothing()
    {
        const string then = """{"1":{"class_type":"KSampler","inputs":{"seed":"{{seed}}"}}}""";
        var job = Design(new DesignSpec { ProductTypes = ["mug"], Image = new ImageSpec { WorkflowKey = "flux.json" } });
        job = job with { Metadata = job.Metadata with { Uid = Guid.NewGuid().ToString(), Generation = 1 } };
        var queued = JobRequests.New(job, Admitted(job, WithWorkflow(then)), Guid.NewGuid());
        var record = new JobRecord
        {
            Id = queued.Id,
            Queue = queued.Queue,
            Name = queued.Name,
            Arguments = queued.Arguments,
            State = JobState.Queued,
            Generation = 1,
            Priority = 0,
            Attempts = 0,
            Rescues = 0,
            CreatedAt = DateTimeOffset.UnixEpoch,
            QueuedAt = DateTimeOffset.UnixEpoch,
        };

        var edited = job with { Metadata = job.Metadata with { Generation = 2 }, Spec = job.Spec with { Priority = 9 } };
        Admitted(edited, WithWorkflow(then.Replace("KSampler", "Other", StringComparison.Ordinal)));
        var change = JobRequests.Change(edited, record);

        var work = Assert.IsType<DesignWork>(JobSnapshotJson.Read(change.Arguments).Work);
        Assert.Equal(("flux.json", then), (work.Image.WorkflowKey, work.Workflow));
        Assert.Equal(9, change.Priority);
    }

    [Theory]
    [InlineData("{}", "it has no nodes; export it with 'Save (API format)'")]
    [InlineData("""{"nodes":[]}""", "it is in the format of ComfyUI's editor; export it with 'Save (API format)'")]
    [InlineData("class_type: KSampler", "it is not JSON")]
    [InlineData("""{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1}""", "'e' is no node (a node has class_type and inputs); and 2 more")]
    public void A_workflow_that_cannot_be_used_is_refused_before_anything_is_queued(string text, string why)
    {
        var job = Design(new DesignSpec { ProductTypes = ["mug"], Image = new ImageSpec { WorkflowKey = "flux.json" } });

        var fault = Assert.Single(Rejected(job, WithWorkflow(text)));

        Assert.Equal((FaultCodes.WorkflowInvalid, "spec.design.image.workflowKey"), (fault.Code, fault.Field));
        Assert.StartsWith("workflow 'flux.json' of the ConfigMap 'flows' cannot be used: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_execution_is_admitted_with_model_endpoint_and_inputs_as_they_are_now()
    {
        var inputs = new JsonObject { ["prompt"] = "cat" };

        var snapshot = Admitted(Execution(new ExecutionSpec { ModelName = "anime", Inputs = inputs, Consumer = "bob" }), References);
        inputs["prompt"] = "dog";

        var work = Assert.IsType<ExecutionWork>(snapshot.Work);
        Assert.Equal(("anime", 7, "gpu", "secret-id", "http://runpod/v2", "bob"), (work.ModelName, work.ModelRevision, work.EndpointName, work.EndpointId, work.EndpointBaseUrl, work.Consumer));
        Assert.Equal("""{"prompt":"cat"}""", work.Inputs.ToJsonString());
        Assert.Equal(("""{"steps":20}""", "steps", "anime, "), (work.Overrides.LockedInputs!.ToJsonString(), work.Overrides.HiddenFields.Single(), work.Overrides.PromptPrefix));
    }

    [Fact]
    public void A_model_must_exist_be_published_and_have_an_active_endpoint()
    {
        var job = Execution(new ExecutionSpec { ModelName = "anime" });
        var inactive = Endpoint with { Spec = Endpoint.Spec with { Active = false } };
        var unpublished = Model with { Spec = Model.Spec with { Published = false } };

        Assert.Equal(["ERR_6100"], Rejected(job, References with { Model = null, Endpoint = null }).Select(fault => fault.Code));
        Assert.Equal(["ERR_6101"], Rejected(job, References with { Model = unpublished }).Select(fault => fault.Code));
        Assert.Equal(["ERR_6102"], Rejected(job, References with { Endpoint = null }).Select(fault => fault.Code));
        var faults = Rejected(job, References with { Model = unpublished, Endpoint = inactive });
        Assert.Equal(["ERR_6101", "ERR_6102"], faults.Select(fault => fault.Code));
        Assert.DoesNotContain("secret-id", string.Join(' ', faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(32 * 1024, true)]
    [InlineData((32 * 1024) + 1, false)]
    public void Inputs_may_be_32_KiB_as_JSON(int bytes, bool admitted)
    {
        var envelope = """{"text":""}""".Length;
        var text = new string('é', 100) + new string('a', bytes - envelope - 200);
        var job = Execution(new ExecutionSpec { ModelName = "anime", Inputs = new JsonObject { ["text"] = text } });

        var outcome = PodJobAdmission.Admit(job, References);

        Assert.Equal(admitted, outcome is AdmissionOutcome.Admitted);
        if (outcome is AdmissionOutcome.Rejected rejected)
        {
            Assert.Equal(FaultCodes.InputTooLarge, Assert.Single(rejected.Faults).Code);
        }
    }

    [Theory]
    [InlineData("""{"prompt": "cat"}""", null)]
    [InlineData("""["cat"]""", FaultCodes.InputInvalid)]
    [InlineData("prompt: cat", FaultCodes.InputInvalid)]
    [InlineData("""{"a": 1, "a": 2}""", FaultCodes.InputInvalid)]
    [InlineData(null, FaultCodes.InputsNotFound)]
    public void Inputs_may_come_from_a_config_map(string? text, string? code)
    {
        var job = Execution(new ExecutionSpec { ModelName = "anime", InputsFrom = new InputsSource { ConfigMapName = "inputs", Key = "a.json" } });
        var map = text is null ? Map("inputs", ("b.json", "{}")) : Map("inputs", ("a.json", text));

        var outcome = PodJobAdmission.Admit(job, References with { Inputs = map });

        Assert.Equal(code, (outcome as AdmissionOutcome.Rejected)?.Faults.Single().Code);
        Assert.Equal(FaultCodes.InputsNotFound, Assert.Single(Rejected(job, References)).Code);
    }

    [Fact]
    public void The_names_to_look_up_are_those_the_job_the_pool_and_the_model_say()
    {
        var pool = Pool with { Spec = Pool.Spec with { Providers = Pool.Spec.Providers with { CatalogConfigMapName = "catalogue", WorkflowsConfigMapName = "flows" } } };
        var design = Design(new DesignSpec { ProductTypes = ["mug"], Image = new ImageSpec { WorkflowKey = "flux.json" } });
        var execution = Execution(new ExecutionSpec { ModelName = "anime", InputsFrom = new InputsSource { ConfigMapName = "inputs", Key = "a.json" } });

        Assert.Equal(new ReferencedNames { Pool = "default", Catalog = "catalogue", Workflows = "flows" }, ReferencedNames.Of(design, pool, null));
        Assert.Equal(new ReferencedNames { Pool = "default", Model = "anime", Endpoint = "gpu", Inputs = "inputs" }, ReferencedNames.Of(execution, pool, Model));
    }

    private static AdmissionReferences WithWorkflow(string text) => new()
    {
        Pool = Pool with { Spec = Pool.Spec with { Providers = Pool.Spec.Providers with { WorkflowsConfigMapName = "flows" } } },
        Workflows = Map("flows", ("flux.json", text)),
    };

    internal static ConfigMap Map(string name, params (string Key, string Text)[] entries) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "shop" },
        Data = entries.ToDictionary(entry => entry.Key, entry => entry.Text),
    };

    private static PodJob Design(DesignSpec design) => Job(new PodJobSpec { Design = design });

    private static PodJob Execution(ExecutionSpec execution) => Job(new PodJobSpec { Execution = execution });

    private static PodJob Job(PodJobSpec spec) => new() { Metadata = new ObjectMeta { Name = "job", Namespace = "shop" }, Spec = spec };

    private static JobSnapshot Admitted(PodJob job, AdmissionReferences references) =>
        Assert.IsType<AdmissionOutcome.Admitted>(PodJobAdmission.Admit(job, references)).Snapshot;

    private static IReadOnlyList<AdmissionFault> Rejected(PodJob job, AdmissionReferences references) =>
        Assert.IsType<AdmissionOutcome.Rejected>(PodJobAdmission.Admit(job, references)).Faults;
}
