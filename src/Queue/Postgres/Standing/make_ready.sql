-- Puts queued jobs among the claimable ones, or moves them there when their priority changed.
insert into podengine.ready (lane_id, claim_key, seq, job_id, queued_at)
select j.lane_id, s.run_at - s.priority * @priority_step::interval, j.seq, j.id, s.queued_at
from podengine.jobs j
join podengine.job_state s on s.job_id = j.id
where j.id = any (@jobs)
order by j.id
on conflict (job_id) do update set claim_key = excluded.claim_key, queued_at = excluded.queued_at
