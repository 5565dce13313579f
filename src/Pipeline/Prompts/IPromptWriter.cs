using PodEngine.Providers.Http;

namespace PodEngine.Pipeline.Prompts;

/// <summary>Turns a brief into designs. One call is one purchase, which cannot be looked up afterwards.</summary>
public interface IPromptWriter
{
    /// <summary>Name for logs and the ledger, for example <c>template</c>.</summary>
    string Name { get; }

    /// <summary>Longest a call can take; nobody repeats a lost one earlier.</summary>
    TimeSpan Deadline { get; }

    /// <summary>Most designs one call may ask for: an answer to more could be cut short, and would be paid for in vain.</summary>
    int MostAtATime { get; }

    /// <summary>Writes designs, at most as many as asked for. A refusal or unusable answer is a result (it was paid for); a fault throws.</summary>
    /// <exception cref="ProviderException">The writer could not be reached or did not take the request.</exception>
    Task<PromptBatch> WriteAsync(PromptRequest request, CancellationToken cancellationToken);
}
