namespace PodEngine.Simulators.Faults;

/// <summary>Carried by a request whose scripted fault asks the service for one of its variants.</summary>
internal sealed record VariantRequest(string Name)
{
    /// <summary>The variant asked for by the request's fault, else <paramref name="otherwise"/>.</summary>
    public static T Of<T>(HttpContext context, T otherwise)
        where T : struct, Enum =>
        context.Features.Get<VariantRequest>() is { } request ? Enum.Parse<T>(request.Name, ignoreCase: true) : otherwise;
}
