namespace PodEngine.Simulators.Printify;

/// <summary>Forms of <c>external</c> in product answers, one per source of documentation.</summary>
public enum ExternalForm
{
    /// <summary><c>{id, handle}</c>, as in the reference.</summary>
    Member,

    /// <summary><c>[{id, handle}]</c>, as in the npm SDK's types.</summary>
    List,

    /// <summary>Never there, as in the OpenAPI schema.</summary>
    Absent,
}
