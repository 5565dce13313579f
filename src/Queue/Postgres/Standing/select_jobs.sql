-- Jobs with their facts and their standing; a condition is put behind.
select j.id, l.installation_id, l.namespace, l.pool, j.name, j.arguments, j.max_retries, j.retry_delay, j.retry_exponential, j.retry_max_delay,
       j.active_deadline, j.start_after, j.created_at,
       s.state, s.generation, s.version, s.priority, s.attempts, s.rescues, s.worker, s.queued_at, s.started_at, s.finished_at, s.run_at,
       s.claimed_at, s.lease_token, s.processed_micros, s.suspended, s.stop_reason, s.retry_token, s.approval,
       s.progress_percent, s.progress_step, s.progress_detail,
       s.failure_class, s.failure_code, s.failure_message, s.failure_retryable, s.reason, s.result
from podengine.job_state s
join podengine.jobs j on j.id = s.job_id
join podengine.lanes l on l.id = j.lane_id
