-- Takes jobs out of the claimable ones.
delete from podengine.ready r
using unnest(@seqs::bigint[], @claim_keys::timestamptz[]) as g (seq, claim_key)
cross join lateral (select j.lane_id from podengine.jobs j where j.seq = g.seq offset 0) as j
where r.lane_id = j.lane_id and r.claim_key = g.claim_key and r.seq = g.seq
