-- Tells the mirror, in the transaction of the change itself. The version makes an acknowledgement of an older one miss.
insert into podengine.unmirrored (job_id, installation_id, version, finished)
select j.id, j.installation_id, s.version, s.finished_at is not null
from podengine.jobs j
join podengine.job_state s on s.job_id = j.id
where j.id = any (@jobs)
order by j.id
on conflict (job_id) do update set version = excluded.version, finished = excluded.finished
