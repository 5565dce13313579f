-- Jobs of workers that were silent for a lease length, the workers' rows locked so that a heartbeat comes wholly before or wholly after; and jobs
-- whose worker is gone. A worker that is sending its heartbeat at this moment is skipped, and so is a lease of which an attempt is just being written:
-- a connection that is stuck in that keeps the jobs of its own lease from being rescued, and nobody else's. Until PostgreSQL has run for a lease length,
-- silence means nothing.
with silent as materialized (
    select w.id, w.last_seen
    from podengine.workers w
    where w.last_seen <= @now - @lease_length
      and pg_postmaster_start_time() <= @now - @lease_length
      and exists (select from podengine.leases l where l.worker_id = w.id)
    for update skip locked
),
of_silent as materialized (
    select l.jobs, l.token, s.last_seen
    from silent s
    join podengine.leases l on l.worker_id = s.id
    for update of l skip locked
),
of_gone as materialized (
    select l.jobs, l.token, l.claimed_at
    from podengine.leases l
    where l.claimed_at <= @now - @lease_length
      and pg_postmaster_start_time() <= @now - @lease_length
      and not exists (select from podengine.workers w where w.id = l.worker_id)
    for update of l skip locked
),
lost as (
    select o.jobs, o.token, o.last_seen from of_silent o
    union all
    select o.jobs, o.token, o.claimed_at from of_gone o
)
select j.id, l.token, l.last_seen
from lost l
cross join lateral unnest(l.jobs) as held (seq)
cross join lateral (select j.id from podengine.jobs j where j.seq = held.seq offset 0) as j
limit @limit
