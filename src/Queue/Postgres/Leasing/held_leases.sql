-- What a worker holds, with what it has to be told.
select j.id, l.token, l.claimed_at, s.stop_reason is not null, coalesce(s.suspended, false), j.active_deadline, coalesce(s.processed_micros, 0)
from podengine.leases l
cross join lateral unnest(l.jobs) as held (seq)
cross join lateral (select * from podengine.jobs j where j.seq = held.seq offset 0) as j
left join lateral (select * from podengine.job_state s where s.job_seq = held.seq offset 0) as s on true
where l.worker_id = @worker_id
