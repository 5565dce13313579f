-- The newest jobs of an installation that a worker holds.
select held.seq
from podengine.leases l
cross join lateral unnest(l.jobs) as held (seq)
cross join lateral (select j.installation_id from podengine.jobs j where j.seq = held.seq offset 0) as j
where j.installation_id = @installation_id
order by held.seq desc
limit @limit
