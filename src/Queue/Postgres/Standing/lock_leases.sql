-- Locks the leases that name jobs; how firmly is put behind. A share lock is enough for a write that leaves every job with its lease: whoever takes
-- one out, or ends it, waits. Whoever does that locks for update from the start: two who shared would each wait for the other.
select l.token
from podengine.leases l
where exists (
    select from unnest(l.jobs) as held (seq)
    join unnest(@seqs::bigint[]) as wanted (seq) on wanted.seq = held.seq)
order by l.token
