-- Jobs that ended before a moment and whose end the mirror has written.
with unmirrored as materialized (
    select unnest(u.jobs) as seq from podengine.unmirrored u where u.installation_id = @installation_id
)
select j.id
from (
    select s.job_seq
    from podengine.job_state s
    where s.finished_at < coalesce(@now, statement_timestamp()) - @age
) as s
cross join lateral (select j.id, j.installation_id from podengine.jobs j where j.seq = s.job_seq offset 0) as j
where j.installation_id = @installation_id
  and not exists (select from unmirrored u where u.seq = s.job_seq)
limit @limit
