-- Passes the lanes of jobs over until their shared limits are free again. Lanes are locked in the order of their ids.
update podengine.lanes l
set held_until = greatest(l.held_until, h.held_until)
from (
    select x.id, h.held_until
    from podengine.lanes x
    join (
        select j.lane_id, max(h.held_until) as held_until
        from unnest(@ids::uuid[], @untils::timestamptz[]) as h (id, held_until)
        join podengine.jobs j on j.id = h.id
        group by j.lane_id
    ) as h on h.lane_id = x.id
    where x.limit_key <> ''
    order by x.id
    for update of x
) as h
where l.id = h.id
