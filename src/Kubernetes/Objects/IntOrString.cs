using System.Globalization;
using System.Text.Json.Serialization;

namespace PodEngine.Kubernetes.Objects;

/// <summary>A number or a word: a port by number or name, a share of pods by count or percentage.</summary>
[JsonConverter(typeof(IntOrStringConverter))]
public readonly record struct IntOrString
{
    private IntOrString(int number, string? text) => (Number, Text) = (number, text);

    /// <summary>The number; meaningless where <see cref="Text"/> is given.</summary>
    public int Number { get; }

    /// <summary>The word, or null for a number.</summary>
    public string? Text { get; }

    /// <summary>A number.</summary>
    public static IntOrString From(int number) => new(number, null);

    /// <summary>A word, such as <c>25%</c>.</summary>
    public static IntOrString From(string text) => new(0, text);

    /// <summary>A number.</summary>
    public static implicit operator IntOrString(int number) => From(number);

    /// <summary>A word, such as <c>25%</c>.</summary>
    public static implicit operator IntOrString(string text) => From(text);

    /// <summary>The number or the word.</summary>
    public override string ToString() => Text ?? Number.ToString(CultureInfo.InvariantCulture);
}
