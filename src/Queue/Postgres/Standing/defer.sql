-- Remembers when to look at jobs again.
insert into podengine.deferred (job_id, lane_id, due_at)
select j.id, j.lane_id, s.run_at
from podengine.jobs j
join podengine.job_state s on s.job_id = j.id
where j.id = any (@jobs)
order by j.id
on conflict (job_id) do update set due_at = excluded.due_at
