-- Holds a queue or lets it go on. To be held it needs a lane, which those made later take it from. Lanes are locked in the order of their ids.
with made as (
    insert into podengine.lanes (installation_id, namespace, pool, limit_key, held)
    select @installation_id, @namespace, @pool, '', true
    where @held and not exists (
        select from podengine.lanes l where l.installation_id = @installation_id and l.namespace = @namespace and l.pool = @pool)
    on conflict do nothing
)
update podengine.lanes l
set held = @held
from (
    select x.id
    from podengine.lanes x
    where x.installation_id = @installation_id and x.namespace = @namespace and x.pool = @pool and x.held <> @held
    order by x.id
    for update of x
) as changed
where l.id = changed.id
