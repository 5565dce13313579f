namespace PodEngine.Simulators.Faults;

/// <summary>What a scripted fault does to the request it meets.</summary>
public enum FaultKind
{
    /// <summary>Answers <see cref="Fault.Status"/> with the service's own error body, or <see cref="Fault.Body"/>.</summary>
    Status,

    /// <summary>Does nothing until the caller gives up, or cuts the connection after <see cref="Fault.DelayMs"/>.</summary>
    Hang,

    /// <summary>Cuts the connection before anything happens.</summary>
    Drop,

    /// <summary>Lets the request take effect, then cuts the connection without an answer.</summary>
    DropAfterEffect,

    /// <summary>Lets the request take effect, sends half of the answer, then cuts the connection.</summary>
    Truncate,

    /// <summary>Waits <see cref="Fault.DelayMs"/>, then goes on as usual.</summary>
    Slow,

    /// <summary>Answers 200 with a JSON content type and bytes that are not JSON.</summary>
    Garbage,

    /// <summary>Lets the request take effect and answers its body as <c>text/html</c>.</summary>
    WrongContentType,

    /// <summary>Asks the service for its own variant named in <see cref="Fault.Variant"/>.</summary>
    Variant,
}
