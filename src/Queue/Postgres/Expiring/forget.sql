-- Removes finished jobs and leaves a tombstone of each, so that applying them again runs nothing.
with gone as (
    select j.seq, j.id, j.lane_id, j.installation_id, s.state, s.generation, s.retry_token, s.finished_at
    from podengine.jobs j
    join podengine.job_state s on s.job_seq = j.seq
    where j.id = any (@ids) and s.finished_at is not null
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
