-- Locks the claimable rows of jobs, waiting for a claim that is taking them. Their places follow from what is in force of the jobs.
select r.seq
from podengine.jobs j
left join podengine.job_state s on s.job_seq = j.seq
join podengine.ready r
  on r.lane_id = j.lane_id
 and r.claim_key = coalesce(s.run_at, greatest(j.start_after, j.created_at)) - coalesce(s.priority, j.priority) * @priority_step
 and r.seq = j.seq
where j.seq = any (@seqs)
order by r.seq
for update of r
