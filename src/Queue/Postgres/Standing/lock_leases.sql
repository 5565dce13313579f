-- Locks the leases that name jobs, so that no write of their attempts is accepted meanwhile.
select l.token
from podengine.leases l
where exists (
    select from unnest(l.jobs) as held (seq)
    join unnest(@seqs::bigint[]) as wanted (seq) on wanted.seq = held.seq)
order by l.token
for update
