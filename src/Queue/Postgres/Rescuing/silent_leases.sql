-- Leases of workers that were silent for a lease length, the workers' rows locked so that a heartbeat comes wholly before or wholly after; and
-- leases whose worker is gone. A worker that is sending its heartbeat at this moment is skipped.
with silent as materialized (
    select w.id, w.last_seen
    from podengine.workers w
    where w.last_seen <= @now - @lease_length
      and exists (select from podengine.leases l where l.worker_id = w.id)
    for update skip locked
)
select l.job_id, l.token, s.last_seen
from silent s
join podengine.leases l on l.worker_id = s.id
union all
select l.job_id, l.token, l.claimed_at
from podengine.leases l
where l.claimed_at <= @now - @lease_length
  and not exists (select from podengine.workers w where w.id = l.worker_id)
limit @limit
