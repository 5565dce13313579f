using System.Collections.Concurrent;
using System.Reflection;

namespace PodEngine.Queue.Postgres.Connecting;

/// <summary>
/// SQL for one schema. It is written with the schema's usual name, <c>podengine.</c>, before every table, so that it can be pasted into psql as it is;
/// another schema replaces that. Naming it in every statement needs no search path, which a transaction-mode pooler would not keep.
/// </summary>
public sealed class SchemaSql
{
    private const string Written = "podengine.";

    private readonly ConcurrentDictionary<(Assembly Assembly, string File), string> _files = new();

    internal SchemaSql(string schema)
    {
        Schema = schema;
        QuotedSchema = $"\"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>The schema's name.</summary>
    public string Schema { get; }

    /// <summary>The schema's name as an SQL identifier.</summary>
    public string QuotedSchema { get; }

    /// <summary>The text with its schema put in.</summary>
    public string Text(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return sql.Replace(Written, $"{QuotedSchema}.", StringComparison.Ordinal);
    }

    /// <summary>An embedded file, named from its project's folder, with its schema put in.</summary>
    public string File(Assembly assembly, string file) =>
        _files.GetOrAdd((assembly, file), key => Text(ReadResource(key.Assembly, key.File)));

    internal string File(string file) => File(typeof(SchemaSql).Assembly, file);

    internal static string ReadResource(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no embedded file {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
