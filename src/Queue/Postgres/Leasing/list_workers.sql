-- The workers of an installation and what they hold. Those not heard of for an hour are forgotten by the leader in time.
select w.id, l.namespace, l.pool, w.host, w.concurrency, w.draining or w.drain_requested, w.started_at, w.last_seen,
       w.last_seen > coalesce(@now, statement_timestamp()) - @lease_length, w.jobs_completed, w.attempts_failed,
       array(
           select j.id
           from podengine.leases e
           cross join lateral unnest(e.jobs) as held (seq)
           join podengine.jobs j on j.seq = held.seq
           where e.worker_id = w.id)
from podengine.workers w
join podengine.lanes l on l.id = w.lane_id
where l.installation_id = @installation_id and w.last_seen > coalesce(@now, statement_timestamp()) - interval '1 hour'
order by l.namespace, l.pool, w.id
