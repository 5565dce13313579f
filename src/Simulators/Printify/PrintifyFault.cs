namespace PodEngine.Simulators.Printify;

/// <summary>Why a request is refused.</summary>
internal sealed record PrintifyFault(int Status, int Code, string Message, string Reason)
{
    public static PrintifyFault Validation(int code, string reason) => new(400, code, "Validation failed.", reason);

    public static PrintifyFault NotFound { get; } = new(404, 0, "Not found", "");
}
