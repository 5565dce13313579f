-- Grants a block of at most @wanted and at least @least permits, or says how long it takes until @least are free. The key's lock is held: nobody else
-- grants in between, and what was granted before is seen.
--
-- A block counts from its grant until its last possible use (usable_until) has left the window. So whatever window one looks at: when the last of the
-- blocks used in it was granted, all the others were counted.
with clock as materialized (
    select coalesce(@now, clock_timestamp()) as now
),
counted as materialized (
    select g.usable_until, g.permits
    from podengine.limit_grants g
    where g.installation_id = @installation_id and g.limit_key = @limit_key
      and g.usable_until > (select c.now from clock c) - @window
),
free as materialized (
    select @limit - coalesce(sum(c.permits), 0) as permits from counted c
),
granted as (
    insert into podengine.limit_grants (installation_id, limit_key, permits, granted_at, usable_until, counts_until)
    select @installation_id, @limit_key, least(@wanted, f.permits), c.now, c.now + @usable_for, c.now + @usable_for + @window
    from free f, clock c
    where f.permits >= @least
    returning permits
)
select g.permits, null::interval
from granted g
union all
select 0, min(later.usable_until) + @window - (select c.now from clock c)
from (
    select c.usable_until, sum(c.permits) over (order by c.usable_until) as freed
    from counted c
) later
where (select f.permits from free f) < @least
  and (select f.permits from free f) + later.freed >= @least
having count(*) > 0
