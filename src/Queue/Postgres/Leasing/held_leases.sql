-- The leases of a worker with what it has to be told.
select s.job_id, s.lease_token, s.claimed_at, s.stop_reason is not null, s.suspended, j.active_deadline, s.processed_micros
from podengine.leases l
join podengine.job_state s on s.job_id = l.job_id
join podengine.jobs j on j.id = l.job_id
where l.worker_id = @worker_id and s.lease_token = l.token
