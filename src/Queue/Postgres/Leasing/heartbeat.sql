-- A worker says that it lives. Taking its row's lock first makes heartbeat and rescue follow one another: either the rescuer sees the new
-- time, or the worker sees what it lost.
insert into podengine.workers as w (id, lane_id, host, concurrency, draining, jobs_completed, attempts_failed, started_at, last_seen)
values (@worker_id, @lane_id, @host, @concurrency, @draining, @jobs_completed, @attempts_failed, coalesce(@now, clock_timestamp()), coalesce(@now, clock_timestamp()))
on conflict (id) do update set
    lane_id = excluded.lane_id,
    host = excluded.host,
    concurrency = excluded.concurrency,
    draining = excluded.draining,
    jobs_completed = excluded.jobs_completed,
    attempts_failed = excluded.attempts_failed,
    last_seen = greatest(w.last_seen, coalesce(@now, clock_timestamp()))
returning drain_requested, last_seen
