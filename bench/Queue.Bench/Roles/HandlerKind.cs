using System.Text.Json.Serialization;

namespace PodEngine.Queue.Bench.Roles;

/// <summary>What a handler of the bench does with a job.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HandlerKind>))]
internal enum HandlerKind
{
    /// <summary>Writes its number down and is done.</summary>
    Nothing,

    /// <summary>Holds the job until released; then, and also when it is told that the lease is lost, tries to write with its lease.</summary>
    Hold,

    /// <summary>
    /// Finds the shared limit of jobs with a small number used up, and puts them off with all others of their key; others as <see cref="Nothing"/>.
    /// </summary>
    PutOff,
}
