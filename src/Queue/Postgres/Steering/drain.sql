-- Asks @workers of a queue's living workers to stop claiming and takes the request back from all others. Who says without being asked that it claims
-- nothing is not asked, so that the same word of an asked one is its answer.
with present as materialized (
    select w.id, w.host, w.drain_requested, w.draining, w.started_at,
           w.last_seen > coalesce(@now, statement_timestamp()) - @lease_length as alive,
           (select coalesce(sum(cardinality(e.jobs)), 0)::int from podengine.leases e where e.worker_id = w.id) as jobs
    from podengine.workers w
    join podengine.lanes l on l.id = w.lane_id
    where l.installation_id = @installation_id and l.namespace = @namespace and l.pool = @pool
),
steered as materialized (
    select p.*, p.place <= @workers and p.eligible as asked
    from (
        select e.*, row_number() over (order by e.eligible desc, (e.jobs = 0) desc, e.drain_requested desc, e.jobs, e.started_at desc, e.id) as place
        from (
            select p.*, p.alive and (p.drain_requested or not p.draining) and (p.jobs = 0 or not @idle_only) as eligible from present p
        ) as e
    ) as p
),
changed as (
    update podengine.workers w
    set drain_requested = c.asked
    from (
        select x.id, s.asked
        from podengine.workers x
        join steered s on s.id = x.id
        where s.drain_requested <> s.asked
        order by x.id
        for update of x
    ) as c
    where w.id = c.id
)
select s.id, s.host, s.jobs, s.asked, s.asked and s.drain_requested and s.draining
from steered s
where s.alive
order by s.id
