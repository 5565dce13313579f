-- Sums up the changes of the lanes' counts. Two at a time take different rows, and the totals in the same order.
with folded as (
    delete from podengine.lane_deltas returning lane_id, state, jobs
)
insert into podengine.lane_totals as t (lane_id, state, jobs)
select f.lane_id, f.state, sum(f.jobs)
from folded f
group by f.lane_id, f.state
order by f.lane_id, f.state
on conflict (lane_id, state) do update set jobs = t.jobs + excluded.jobs
