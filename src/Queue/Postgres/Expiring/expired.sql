-- Jobs that ended before a moment.
select j.id
from (
    select s.job_seq
    from podengine.job_state s
    where s.finished_at < coalesce(@now, statement_timestamp()) - @age
) as s
cross join lateral (select j.id, j.installation_id from podengine.jobs j where j.seq = s.job_seq offset 0) as j
where j.installation_id = @installation_id
limit @limit
