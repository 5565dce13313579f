-- Remembers when to look at jobs again.
insert into podengine.deferred (job_seq, due_at)
select d.seq, d.due_at
from unnest(@seqs::bigint[], @due_ats::timestamptz[]) as d (seq, due_at)
on conflict (job_seq) do update set due_at = excluded.due_at
