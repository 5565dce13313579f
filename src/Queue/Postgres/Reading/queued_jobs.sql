-- The newest claimable jobs of an installation: what waits is looked at, not what was.
select r.seq
from podengine.ready r
where r.lane_id in (select l.id from podengine.lanes l where l.installation_id = @installation_id)
order by r.seq desc
limit @limit
