-- Ends attempts that completed their jobs: one statement, whatever the number. Returns the places of those that were accepted. Says the same as
-- AttemptRules.Finish for AttemptOutcome.Completed, which asks for nothing but the lease: done is done, whatever else was asked meanwhile.
--
-- The leases are locked in the order of their tokens. Whoever takes a job away does so under the same lock, so a job that is still named is still held.
with asked as materialized (
    select a.place, a.token, a.result, j.seq, j.lane_id, j.installation_id, j.generation, j.priority, j.created_at, j.start_after, j.retry_token
    from unnest(@seqs::bigint[], @tokens::bigint[], @results::text[]) with ordinality as a (seq, token, result, place)
    cross join lateral (select * from podengine.jobs j where j.seq = a.seq offset 0) as j
),
held as materialized (
    select l.token, l.worker_id, l.claimed_at, l.jobs
    from podengine.leases l
    where l.token = any (array(select distinct a.token from asked a))
    order by l.token
    for update
),
still_held as materialized (
    select h.token, h.worker_id, h.claimed_at, job.seq from held h cross join lateral unnest(h.jobs) as job (seq)
),
accepted as materialized (
    select a.*, h.worker_id, h.claimed_at from asked a join still_held h on h.token = a.token and h.seq = a.seq
),
remaining as materialized (
    select h.token, array(select unnest(h.jobs) except select a.seq from accepted a where a.token = h.token) as jobs
    from held h
),
shrunk as (
    update podengine.leases l set jobs = r.jobs
    from remaining r
    where l.token = r.token and cardinality(r.jobs) > 0
      and l.token = any (array(select a.token from accepted a))
),
ended as (
    delete from podengine.leases l where l.token = any (array(select r.token from remaining r where cardinality(r.jobs) = 0))
),
completed as (
    insert into podengine.job_state as s (
        job_seq, state, generation, priority, attempts, rescues, worker, queued_at, started_at, finished_at, run_at, processed_micros, suspended, retry_token, result)
    select
        a.seq, 'completed', a.generation, a.priority, 1, 0, a.worker_id, a.created_at, a.claimed_at, coalesce(@now, clock_timestamp()),
        greatest(a.start_after, a.created_at),
        greatest(0, extract(epoch from coalesce(@now, clock_timestamp()) - a.claimed_at) * 1000000)::bigint,
        false, a.retry_token, a.result
    from accepted a
    on conflict (job_seq) do update set
        state = 'completed',
        -- A row written while the job was held has counted the attempt.
        attempts = s.attempts + case when s.lease_token is null then 1 else 0 end,
        worker = excluded.worker,
        started_at = coalesce(s.started_at, excluded.started_at),
        finished_at = excluded.finished_at,
        claimed_at = null,
        lease_token = null,
        processed_micros = s.processed_micros + excluded.processed_micros,
        stop_reason = null,
        failure_class = null,
        failure_code = null,
        failure_message = null,
        failure_retryable = null,
        reason = null,
        result = excluded.result
),
unmirrored as (
    insert into podengine.unmirrored (installation_id, finished, jobs)
    select a.installation_id, true, array_agg(a.seq) from accepted a group by a.installation_id
),
counted as (
    insert into podengine.lane_deltas (lane_id, state, jobs)
    select a.lane_id, c.state, c.sign * a.jobs
    from (select a.lane_id, count(*) as jobs from accepted a group by a.lane_id) as a
    cross join (values ('processing', -1), ('completed', 1)) as c (state, sign)
)
select a.place from accepted a
