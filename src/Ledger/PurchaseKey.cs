namespace PodEngine.Ledger;

/// <summary>Names one purchase of a job, the same in every attempt.</summary>
/// <param name="Step">Pipeline step: <c>prompts</c>, <c>images</c>, <c>uploads</c>, <c>products</c>, <c>publish</c>.</param>
/// <param name="Item">Which one within the step, for example <c>3</c> or <c>3/tshirt/printify</c>; at most 200 characters.</param>
public readonly record struct PurchaseKey(string Step, string Item)
{
    /// <summary><c>step/item</c>.</summary>
    public override string ToString() => $"{Step}/{Item}";
}
