-- Tells the mirror, in the transaction of the change itself.
insert into podengine.unmirrored (installation_id, finished, jobs)
select j.installation_id, c.finished, array_agg(c.seq)
from unnest(@seqs::bigint[], @finished::boolean[]) with ordinality as c (seq, finished, place)
cross join lateral (select j.installation_id from podengine.jobs j where j.seq = c.seq offset 0) as j
group by j.installation_id, c.finished, (c.place - 1) / 500
