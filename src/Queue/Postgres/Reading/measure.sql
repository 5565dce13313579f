-- How busy a lane is, from one snapshot.
select
    (select count(*)::int from podengine.ready r where r.lane_id = l.id),
    (select count(*)::int from podengine.deferred d join podengine.job_state s on s.job_id = d.job_id
     where d.lane_id = l.id and s.state <> 'awaiting_approval'),
    (select count(*)::int from podengine.leases e join podengine.jobs j on j.id = e.job_id where j.lane_id = l.id),
    (select min(r.queued_at) from podengine.ready r where r.lane_id = l.id),
    (select count(*)::int from podengine.workers w
     where w.lane_id = l.id and w.last_seen > coalesce(@now, statement_timestamp()) - @lease_length)
from podengine.lanes l
where l.installation_id = @installation_id and l.namespace = @namespace and l.pool = @pool
