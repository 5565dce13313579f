-- Takes slots from workers that left, and from workers that were silent for a lease length, whose rows are locked so that a heartbeat comes wholly
-- before or wholly after. A worker that is sending its heartbeat at this moment is skipped. When nobody could speak for that long, silence means nothing.
with silent as materialized (
    select w.id
    from podengine.workers w
    where @in_touch
      and w.last_seen <= coalesce(@now, clock_timestamp()) - @lease_length
      and pg_postmaster_start_time() <= coalesce(@now, clock_timestamp()) - @lease_length
      and exists (select from podengine.limit_slots s where s.worker_id = w.id)
    for update skip locked
)
delete from podengine.limit_slots s
where s.worker_id in (select l.id from silent l)
   or not exists (select from podengine.workers w where w.id = s.worker_id)
