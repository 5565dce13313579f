-- Removes finished jobs and leaves a tombstone of each, so that applying them again runs nothing. A job that the mirror has not caught up with stays: its
-- change would be lost with it. The jobs' rows are locked before, so that none begins another life between the look and the removal.
with unmirrored as materialized (
    select unnest(u.jobs) as seq
    from podengine.unmirrored u
    where u.installation_id in (select j.installation_id from podengine.jobs j where j.id = any (@ids))
),
gone as (
    select j.seq, j.id, j.lane_id, j.installation_id, s.state, s.generation, s.retry_token, s.finished_at
    from podengine.jobs j
    join podengine.job_state s on s.job_seq = j.seq
    where j.id = any (@ids) and s.finished_at is not null and not exists (select from unmirrored u where u.seq = j.seq)
    order by j.seq
    for update of j, s
),
buried as (
    insert into podengine.tombstones (id, installation_id, state, generation, retry_token, finished_at)
    select g.id, g.installation_id, g.state, g.generation, g.retry_token, g.finished_at from gone g
    on conflict (id) do update set
        state = excluded.state,
        generation = excluded.generation,
        retry_token = excluded.retry_token,
        finished_at = excluded.finished_at
),
stateless as (
    delete from podengine.job_state s using gone g where s.job_seq = g.seq
),
counted as (
    insert into podengine.lane_deltas (lane_id, state, jobs)
    select g.lane_id, g.state, -count(*) from gone g group by g.lane_id, g.state
)
delete from podengine.jobs j using gone g where j.seq = g.seq
