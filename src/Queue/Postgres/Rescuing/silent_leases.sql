-- Jobs of workers that were silent for a lease length, the workers' rows locked so that a heartbeat comes wholly before or wholly after; and jobs
-- whose worker is gone. A worker that is sending its heartbeat at this moment is skipped.
with silent as materialized (
    select w.id, w.last_seen
    from podengine.workers w
    where w.last_seen <= @now - @lease_length
      and exists (select from podengine.leases l where l.worker_id = w.id)
    for update skip locked
),
lost as (
    select l.token, l.jobs, s.last_seen
    from silent s
    join podengine.leases l on l.worker_id = s.id
    union all
    select l.token, l.jobs, l.claimed_at
    from podengine.leases l
    where l.claimed_at <= @now - @lease_length
      and not exists (select from podengine.workers w where w.id = l.worker_id)
)
select j.id, l.token, l.last_seen
from lost l
cross join lateral unnest(l.jobs) as held (seq)
cross join lateral (select j.id from podengine.jobs j where j.seq = held.seq offset 0) as j
limit @limit
