using PodEngine.Resources.WorkerPools;

namespace PodEngine.Operator.WorkerPools;

/// <summary>How many workers a pool shall have, and why.</summary>
/// <param name="Replicas">The count the pool shall come to; <see cref="DrainPlan"/> says how soon.</param>
/// <param name="Mode">What decided.</param>
/// <param name="IsScaling">Whether autoscaling can act; null when it is not asked for.</param>
/// <param name="Reason">One word for the condition <c>ScalingActive</c>.</param>
/// <param name="Message">The same for people.</param>
/// <param name="LookAgainAfter">When a decision that was put off becomes due; null for none.</param>
internal sealed record ReplicaDecision(int Replicas, WorkerPoolMode Mode, bool? IsScaling, string Reason, string Message, TimeSpan? LookAgainAfter = null);
