-- Deferred jobs whose time has come. Rows that are being changed are left for the next round.
select j.id
from (
    select d.job_seq
    from podengine.deferred d
    where d.due_at <= @now
    order by d.due_at
    limit @limit
    for update skip locked
) as due
cross join lateral (select j.id from podengine.jobs j where j.seq = due.job_seq offset 0) as j
