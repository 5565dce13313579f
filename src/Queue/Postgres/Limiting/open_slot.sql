-- Opens a slot if fewer than @max are open. The key's lock is held: nobody else opens one in between. Slots of workers that left do not count; those
-- of silent ones do, until the leader has taken them, because a silent worker may still be at it.
insert into podengine.limit_slots (id, installation_id, limit_key, worker_id, opened_at)
select @id, @installation_id, @limit_key, w.id, coalesce(@now, clock_timestamp())
from podengine.workers w
where w.id = @worker_id
  and w.last_seen > coalesce(@now, clock_timestamp()) - @lease_length
  and @max > (
      select count(*)
      from podengine.limit_slots s
      where s.installation_id = @installation_id and s.limit_key = @limit_key
        and exists (select from podengine.workers o where o.id = s.worker_id))
