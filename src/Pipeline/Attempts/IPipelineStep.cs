namespace PodEngine.Pipeline.Attempts;

/// <summary>One step of a design job. It does what is missing and leaves what is recorded alone.</summary>
internal interface IPipelineStep
{
    /// <summary>Name in progress and logs.</summary>
    string Name { get; }

    /// <summary>False when there is nothing to do, and nothing worth showing.</summary>
    bool IsNeeded(Attempt attempt);

    /// <summary>Does the step. Faults of parts are noted in the attempt; what makes everything after it impossible throws.</summary>
    Task RunAsync(Attempt attempt);
}
