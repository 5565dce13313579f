namespace PodEngine.Pipeline.Purchases;

/// <summary>A place between two recorded actions of a step.</summary>
/// <param name="Step">Step: <c>prompts</c>, <c>images</c>, <c>storage</c>, <c>uploads</c>, <c>products</c>, <c>publish</c>.</param>
/// <param name="Moment">Where in the purchase.</param>
public readonly record struct StepPoint(string Step, StepMoment Moment)
{
    /// <summary>For example <c>images/AfterEffect</c>.</summary>
    public override string ToString() => $"{Step}/{Moment}";
}

/// <summary>The four moments of a purchase.</summary>
public enum StepMoment
{
    /// <summary>Nothing is recorded yet.</summary>
    BeforeIntent,

    /// <summary>The intent is recorded, nothing is bought.</summary>
    AfterIntent,

    /// <summary>It is bought, which is not recorded.</summary>
    AfterEffect,

    /// <summary>What was bought is recorded.</summary>
    AfterSettle,
}
