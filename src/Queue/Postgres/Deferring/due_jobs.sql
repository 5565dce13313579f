-- Deferred jobs whose time has come. Rows that are being changed are left for the next round.
select d.job_id
from podengine.deferred d
where d.due_at <= @now
order by d.due_at
limit @limit
for update skip locked
