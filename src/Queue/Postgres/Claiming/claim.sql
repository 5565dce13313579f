-- Takes up to @limit claimable jobs of a queue, in the order of their claim key, and gives @worker_id one lease on them all: one statement, whatever
-- the number. Says the same as AttemptRules.Claim.
--
-- Jobs of a saturated limit are in a lane of their own, which is passed over. Rows that others hold are skipped: claimers at the same time pass each
-- other by, and a job that is being changed this very moment is left for the next claim. Where there are several lanes, what each of them has to give is
-- counted before anything is locked; all of them giving @limit would leave claimers of the same moment with nothing. It is a fair part at least, because
-- rows that others hold were counted too. The list is made once, and what follows finds single rows by their place or key: "offset 0" keeps the planner from joining
-- whole tables when it has no statistics yet.
with claimable as materialized (
    select l.id, count(*) over () as lanes
    from podengine.lanes l
    where l.installation_id = @installation_id and l.namespace = @namespace and l.pool = @pool and not l.held
      and (l.held_until is null or l.held_until <= coalesce(@now, statement_timestamp()))
      -- A worker that has been silent would lose its leases at once; one that is asked to stop need not have heard of it.
      and (select w.last_seen > coalesce(@now, statement_timestamp()) - @lease_length and not w.drain_requested from podengine.workers w where w.id = @worker_id)
),
shares as materialized (
    select first.lane_id, count(*) as jobs
    from (
        select r.lane_id
        from claimable l
        cross join lateral (
            select r.lane_id, r.claim_key, r.seq from podengine.ready r where r.lane_id = l.id order by r.claim_key, r.seq limit @limit
        ) as r
        where l.lanes > 1
        order by r.claim_key, r.seq
        limit @limit
    ) as first
    group by first.lane_id
),
taken as materialized (
    select r.place, r.lane_id, r.claim_key, r.seq
    from claimable l
    cross join lateral (
        select r.ctid as place, r.lane_id, r.claim_key, r.seq
        from podengine.ready r
        where r.lane_id = l.id
        order by r.claim_key, r.seq
        limit greatest((@limit + l.lanes - 1) / l.lanes, (select s.jobs from shares s where s.lane_id = l.id))
        for update skip locked
    ) as r
    order by r.claim_key, r.seq
    limit @limit
),
removed as (
    delete from podengine.ready r where r.ctid = any (array(select t.place from taken t))
),
leased as (
    insert into podengine.leases (worker_id, jobs, claimed_at)
    select @worker_id, array_agg(t.seq), coalesce(@now, statement_timestamp())
    from taken t
    having count(*) > 0
    returning token
),
unmirrored as (
    insert into podengine.unmirrored (installation_id, finished, jobs)
    select @installation_id, false, array_agg(t.seq) from taken t having count(*) > 0
),
counted as (
    insert into podengine.lane_deltas (lane_id, state, jobs)
    select t.lane_id, c.state, c.sign * t.jobs
    from (select t.lane_id, count(*) as jobs from taken t group by t.lane_id) as t
    cross join (values ('queued', -1), ('processing', 1)) as c (state, sign)
)
select j.id, l.token, j.name, j.arguments, coalesce(s.attempts, 0) + 1, j.max_retries, j.active_deadline, coalesce(s.processed_micros, 0), s.approval,
       j.seq
from taken t
cross join leased l
cross join lateral (select * from podengine.jobs j where j.seq = t.seq offset 0) as j
left join lateral (select * from podengine.job_state s where s.job_seq = t.seq offset 0) as s on true
order by t.claim_key, t.seq
