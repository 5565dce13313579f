namespace PodEngine.Simulators.Printify;

/// <summary>Forms of an error body.</summary>
public enum PrintifyErrorBody
{
    /// <summary><c>{status:"error", code, message, errors}</c>.</summary>
    StatusForm,

    /// <summary><c>{error, request_id}</c>.</summary>
    ErrorForm,

    /// <summary>An HTML page.</summary>
    Html,

    /// <summary>No body.</summary>
    Empty,
}
