-- How busy a queue is, from one snapshot and without counting jobs: sums made by the leader, and the changes since. Who waits longest is looked for
-- among those next in line.
with lane as materialized (
    select l.id from podengine.lanes l where l.installation_id = @installation_id and l.namespace = @namespace and l.pool = @pool
),
counts as (
    select c.state, sum(c.jobs) as jobs
    from (
        select t.state, t.jobs from podengine.lane_totals t where t.lane_id in (select id from lane)
        union all
        select d.state, d.jobs::bigint from podengine.lane_deltas d where d.lane_id in (select id from lane)
    ) as c
    group by c.state
),
next as (
    select coalesce(s.queued_at, j.created_at) as queued_at
    from lane l
    cross join lateral (select r.seq from podengine.ready r where r.lane_id = l.id order by r.claim_key, r.seq limit 100) as r
    cross join lateral (select j.created_at from podengine.jobs j where j.seq = r.seq offset 0) as j
    left join lateral (select s.queued_at from podengine.job_state s where s.job_seq = r.seq offset 0) as s on true
)
select
    coalesce((select jobs::int from counts where state = 'queued'), 0),
    coalesce((select sum(jobs)::int from counts where state in ('pending', 'retrying')), 0),
    coalesce((select jobs::int from counts where state = 'processing'), 0),
    (select min(queued_at) from next),
    (select count(*)::int from podengine.workers w
     where w.lane_id in (select id from lane) and w.last_seen > coalesce(@now, statement_timestamp()) - @lease_length)
