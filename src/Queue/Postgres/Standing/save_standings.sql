-- Stores the standings of jobs whose rows the transaction has locked, or has just inserted.
insert into podengine.job_state as s (
    job_seq, state, generation, priority, attempts, rescues, worker, queued_at, started_at, finished_at, run_at, claimed_at, lease_token,
    processed_micros, suspended, stop_reason, retry_token, approval, progress_percent, progress_step, progress_detail,
    failure_class, failure_code, failure_message, failure_retryable, reason, result)
select
    job_seq, state, generation, priority, attempts, rescues, worker, queued_at, started_at, finished_at, run_at, claimed_at, lease_token,
    processed_micros, suspended, stop_reason, retry_token, approval, progress_percent, progress_step, progress_detail,
    failure_class, failure_code, failure_message, failure_retryable, reason, result
from jsonb_populate_recordset(null::podengine.job_state, @standings)
order by job_seq
on conflict (job_seq) do update set
    state = excluded.state,
    generation = excluded.generation,
    priority = excluded.priority,
    attempts = excluded.attempts,
    rescues = excluded.rescues,
    worker = excluded.worker,
    queued_at = excluded.queued_at,
    started_at = excluded.started_at,
    finished_at = excluded.finished_at,
    run_at = excluded.run_at,
    claimed_at = excluded.claimed_at,
    lease_token = excluded.lease_token,
    processed_micros = excluded.processed_micros,
    suspended = excluded.suspended,
    stop_reason = excluded.stop_reason,
    retry_token = excluded.retry_token,
    approval = excluded.approval,
    progress_percent = excluded.progress_percent,
    progress_step = excluded.progress_step,
    progress_detail = excluded.progress_detail,
    failure_class = excluded.failure_class,
    failure_code = excluded.failure_code,
    failure_message = excluded.failure_message,
    failure_retryable = excluded.failure_retryable,
    reason = excluded.reason,
    result = excluded.result
