namespace PodEngine.Queue.Postgres.Migrations;

/// <summary>One numbered step of a component's schema.</summary>
/// <param name="Version">Its number, from 1 without gaps.</param>
/// <param name="Name">Its file's name without number and ending.</param>
/// <param name="MinReader">The oldest binary, named by the highest version it knows, that may still use the tables afterwards.</param>
/// <param name="Sql">What to run.</param>
public sealed record Migration(int Version, string Name, int MinReader, string Sql);
