namespace PodEngine.Pipeline.Prompts;

/// <summary>Chooses who writes prompts now: keys come and go while a worker runs.</summary>
public interface IPromptWriters
{
    /// <summary>The writer to ask.</summary>
    IPromptWriter Current { get; }
}
