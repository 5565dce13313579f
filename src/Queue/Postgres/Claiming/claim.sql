-- Takes up to @limit claimable jobs of a lane, in the order of their claim key, and gives @worker_id a lease on each: one statement, whatever the
-- number. Says the same as AttemptRules.Claim.
--
-- The candidates are a list made once, so that no plan can walk the lane again for each of them; what follows looks up single rows by key. The lane
-- is a scalar subquery and thereby an index condition. Rows that others hold are skipped: claimers at the same time pass each other by, and a
-- job that is being changed this very moment is left for the next claim.
with candidate as materialized (
    select r.job_id, r.claim_key, r.seq
    from podengine.ready r
    where r.lane_id = (
        select l.id from podengine.lanes l where l.installation_id = @installation_id and l.namespace = @namespace and l.pool = @pool)
      -- A worker that has been silent would lose its leases at once.
      and (select w.last_seen > coalesce(@now, statement_timestamp()) - @lease_length from podengine.workers w where w.id = @worker_id)
    order by r.claim_key, r.seq
    limit @limit
    for update skip locked
),
held as materialized (
    select s.job_id
    from podengine.job_state s
    where s.job_id = any (array(select c.job_id from candidate c))
    for update skip locked
),
removed as (
    delete from podengine.ready r where r.job_id = any (array(select h.job_id from held h))
),
leased as (
    insert into podengine.leases (job_id, worker_id, claimed_at)
    select c.job_id, @worker_id, coalesce(@now, statement_timestamp())
    from candidate c
    where c.job_id in (select h.job_id from held h)
    order by c.claim_key, c.seq
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
      and s.job_id = any (array(select h.job_id from held h))
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
where j.id = any (array(select h.job_id from held h))
order by c.lease_token
