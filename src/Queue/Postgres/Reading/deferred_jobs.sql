-- The newest jobs of an installation that wait for a time, in one of the states that do. One without a row of its own is as it was inserted: pending.
select d.job_seq
from podengine.deferred d
cross join lateral (select j.installation_id from podengine.jobs j where j.seq = d.job_seq offset 0) as j
left join lateral (select s.state from podengine.job_state s where s.job_seq = d.job_seq offset 0) as s on true
where j.installation_id = @installation_id and coalesce(s.state, 'pending') = @state
order by d.job_seq desc
limit @limit
