using System.Text.Json.Nodes;
using PodEngine.Shared.Jobs;
using PodEngine.Shared.Products;

namespace PodEngine.Shared.Tests.Jobs;

/// <summary>Snapshots in which every member has a value of its own, none of them the default.</summary>
internal static class Snapshots
{
    public static JobSnapshot Design => new()
    {
        Name = "cats",
        Namespace = "shop",
        Work = new DesignWork
        {
            Brief = new DesignBrief { Prompt = "a cat", Theme = "cats", Style = "ink", Niche = "vets", Count = 7 },
            Image = new ImageSettings
            {
                Width = 512,
                Height = 768,
                Steps = 9,
                CfgMilli = 6500,
                Seed = (1L << 53) - 1,
                Checkpoint = "a.safetensors",
                NegativePrompt = "dogs",
                WorkflowKey = "flux.json",
            },
            Workflow = """{"1":{"class_type":"KSampler","inputs":{"seed":"{{seed}}"}}}""",
            Products =
            [
                new ProductDefinition
                {
                    Type = "cap", Label = "Cap", BlueprintId = 1, PrintProviderId = 2, Colors = ["Red"], Sizes = ["M"], PriceCents = 300,
                    Placement = new PrintPlacement { Position = "back", X = 0.25, Y = 0.75, Scale = 0.5, Angle = 90 },
                },
            ],
            Platforms = [new PlatformTarget("etsy", 1003)],
            AutoPublish = true,
            Approval = new ApprovalPolicy { Required = true, ExpireSeconds = 60 },
        },
        OnUnknownPurchase = UnknownPurchasePolicy.Fail,
        Notify = "done",
    };

    public static JobSnapshot Execution => new()
    {
        Name = "run",
        Namespace = "shop",
        Work = new ExecutionWork
        {
            ModelName = "anime",
            ModelRevision = 7,
            EndpointName = "gpu",
            EndpointId = "abc",
            EndpointBaseUrl = "http://runpod/v2",
            Inputs = new JsonObject { ["prompt"] = "cat", ["seed"] = 18446744073709551615UL },
            Overrides = new ModelOverrides
            {
                DefaultInputs = new JsonObject { ["steps"] = 28 },
                LockedInputs = new JsonObject { ["size"] = 64 },
                HiddenFields = ["size"],
                PromptPrefix = "anime, ",
                PromptSuffix = "!",
            },
            Consumer = "bob",
        },
        OnUnknownPurchase = UnknownPurchasePolicy.Fail,
        Notify = "done",
    };
}
