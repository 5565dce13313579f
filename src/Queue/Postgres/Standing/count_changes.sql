-- Counts jobs from one state into another; a new job comes from none.
insert into podengine.lane_deltas (lane_id, state, jobs)
select j.lane_id, c.state, sum(c.jobs)
from unnest(@seqs::bigint[], @states::text[], @jobs::integer[]) as c (seq, state, jobs)
cross join lateral (select j.lane_id from podengine.jobs j where j.seq = c.seq offset 0) as j
group by j.lane_id, c.state
having sum(c.jobs) <> 0
