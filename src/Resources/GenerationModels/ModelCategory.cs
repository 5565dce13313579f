namespace PodEngine.Resources.GenerationModels;

/// <summary>What a model makes.</summary>
public enum ModelCategory
{
    /// <summary>Pictures.</summary>
    Image,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Film.</summary>
    Video,

    /// <summary>Documents.</summary>
    Document,
}
