using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using PodEngine.Queue.Postgres.Connecting;

namespace PodEngine.Queue.Postgres.Migrations;

/// <summary>
/// The migrations of one part of the schema, read from an assembly's embedded files <c>NNNN_name.sql</c>, each beginning with
/// <c>-- min_reader: N</c>. The schema is written <c>podengine.</c> in them and replaced by the one in use.
/// </summary>
public sealed partial class MigrationComponent
{
    /// <param name="name">Name in <c>schema_migrations</c>.</param>
    /// <param name="assembly">Where the files are embedded.</param>
    /// <param name="folder">Their folder, ending in a slash.</param>
    public MigrationComponent(string name, Assembly assembly, string folder)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        Name = name;
        Migrations = [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(folder, StringComparison.Ordinal))
            .Select(resource => (Resource: resource, File: FileName().Match(resource[folder.Length..])))
            .Where(found => found.File.Success)
            .Select(found => Read(found.File, SchemaSql.ReadResource(assembly, found.Resource)))
            .OrderBy(migration => migration.Version)];
        if (!Migrations.Select(migration => migration.Version).SequenceEqual(Enumerable.Range(1, Migrations.Count)))
        {
            throw new InvalidOperationException($"The migrations of {name} are not numbered 1, 2, 3…");
        }
    }

    /// <summary>Migrations given directly, as tests of the rules around them need.</summary>
    internal MigrationComponent(string name, IReadOnlyList<Migration> migrations)
    {
        Name = name;
        Migrations = migrations;
    }

    /// <summary>Name in <c>schema_migrations</c>.</summary>
    public string Name { get; }

    /// <summary>By version, from 1.</summary>
    public IReadOnlyList<Migration> Migrations { get; }

    /// <summary>The highest version this binary knows.</summary>
    public int Version => Migrations.Count == 0 ? 0 : Migrations[^1].Version;

    private static Migration Read(Match file, string sql)
    {
        var header = MinReader().Match(sql);
        return header.Success
            ? new Migration(Number(file.Groups["version"]), file.Groups["name"].Value, Number(header.Groups["version"]), sql)
            : throw new InvalidOperationException($"Migration {file.Value} does not begin with '-- min_reader: N'.");
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<version>\d{4})_(?<name>[a-z0-9_]+)\.sql$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\A-- min_reader: (?<version>\d+)\s")]
    private static partial Regex MinReader();
}
