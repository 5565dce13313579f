-- The newest parked jobs of an installation, by an index of them alone.
select s.job_seq
from podengine.job_state s
cross join lateral (select j.installation_id from podengine.jobs j where j.seq = s.job_seq offset 0) as j
where s.state = 'suspended' and j.installation_id = @installation_id
order by s.job_seq desc
limit @limit
