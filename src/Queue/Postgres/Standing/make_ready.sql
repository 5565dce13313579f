-- Puts queued jobs among the claimable ones.
insert into podengine.ready (lane_id, claim_key, seq)
select j.lane_id, r.claim_key, r.seq
from unnest(@seqs::bigint[], @claim_keys::timestamptz[]) as r (seq, claim_key)
cross join lateral (select j.lane_id from podengine.jobs j where j.seq = r.seq offset 0) as j
