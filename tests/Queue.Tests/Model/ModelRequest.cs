namespace PodEngine.Queue.Tests.Model;

/// <summary>A request of an attempt to the store.</summary>
/// <param name="Job">The job.</param>
/// <param name="Token">The token it carries.</param>
/// <param name="Kind">What it asks for.</param>
internal readonly record struct ModelRequest(int Job, long Token, RequestKind Kind)
{
    public override string ToString() => $"'{Kind}' for {Name.Job(Job)}{(Token == CanonicalForm.Over ? " under a lease that is over" : "")}";
}
