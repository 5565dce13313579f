-- Jobs with their facts, what changed about them, and the lease that names them; a condition is put behind.
with leased as materialized (
    select l.token, l.worker_id, l.claimed_at, held.seq
    from podengine.leases l
    cross join lateral unnest(l.jobs) as held (seq)
)
select j.seq, j.id, l.installation_id, l.namespace, l.pool, l.limit_key, j.name, j.arguments, j.max_retries, j.retry_delay, j.retry_exponential,
       j.retry_max_delay, j.active_deadline, j.start_after, j.created_at,
       j.generation as first_generation, j.priority as first_priority, j.retry_token as first_retry_token,
       h.token as held_token, h.worker_id as held_by, h.claimed_at as held_since,
       s.state, s.generation, s.priority, s.attempts, s.rescues, s.worker, s.queued_at, s.started_at, s.finished_at, s.run_at,
       s.claimed_at, s.lease_token, s.processed_micros, s.suspended, s.stop_reason, s.retry_token, s.approval,
       s.progress_percent, s.progress_step, s.progress_detail,
       s.failure_class, s.failure_code, s.failure_message, s.failure_retryable, s.reason, s.result
from podengine.jobs j
join podengine.lanes l on l.id = j.lane_id
left join podengine.job_state s on s.job_seq = j.seq
left join leased h on h.seq = j.seq
