-- Takes up to @limit claimable jobs of a lane, in the order of their claim key, and gives @worker_id a lease on each: one statement, whatever the
-- number. Says the same as AttemptRules.Claim.
--
-- What is taken is a list made once, so that no plan can walk the lane again for each of its rows; what follows looks up single rows by key. The
-- lane is a scalar subquery and thereby an index condition. Rows that others hold are skipped: claimers at the same time pass each other by,
-- and a job that is being changed this very moment is left for the next claim. The lateral subquery locks the job before its narrow row, row by
-- row in the order of the lane, and no further than the limit.
with taken as materialized (
    select r.job_id, r.claim_key, r.seq
    from podengine.ready r
    cross join lateral (select from podengine.job_state s where s.job_id = r.job_id for update skip locked) as held
    where r.lane_id = (
        select l.id from podengine.lanes l where l.installation_id = @installation_id and l.namespace = @namespace and l.pool = @pool)
      -- A worker that has been silent would lose its leases at once.
      and (select w.last_seen > coalesce(@now, statement_timestamp()) - @lease_length from podengine.workers w where w.id = @worker_id)
    order by r.claim_key, r.seq
    limit @limit
    for update of r skip locked
),
removed as (
    delete from podengine.ready r where r.job_id = any (array(select t.job_id from taken t))
),
leased as (
    insert into podengine.leases (job_id, worker_id, claimed_at)
    select t.job_id, @worker_id, coalesce(@now, statement_timestamp())
    from taken t
    order by t.claim_key, t.seq
    returning job_id, token, claimed_at
),
changed as (
    update podengine.job_state s
    set state = 'processing',
        version = s.version + 1,
        attempts = s.attempts + 1,
        worker = @worker_id,
        started_at = coalesce(s.started_at, l.claimed_at),
        claimed_at = l.claimed_at,
        lease_token = l.token,
        reason = null
    from leased l
    where s.job_id = l.job_id
      and s.job_id = any (array(select t.job_id from taken t))
    returning s.job_id, s.version, s.attempts, s.processed_micros, s.approval, s.lease_token
),
unmirrored as (
    insert into podengine.unmirrored (job_id, installation_id, version, finished)
    select c.job_id, @installation_id, c.version, false
    from changed c
    order by c.job_id
    on conflict (job_id) do update set version = excluded.version, finished = false
)
select j.id, c.lease_token, j.name, j.arguments, c.attempts, j.max_retries, j.active_deadline, c.processed_micros, c.approval
from changed c
join podengine.jobs j on j.id = c.job_id
where j.id = any (array(select t.job_id from taken t))
order by c.lease_token
