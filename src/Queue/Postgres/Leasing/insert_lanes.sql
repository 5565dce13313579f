-- Makes sure that lanes exist. Those of a held queue are held.
insert into podengine.lanes (installation_id, namespace, pool, limit_key, held)
select distinct r.installation_id, r.namespace, r.pool, r.limit_key, exists (
    select from podengine.lanes h
    where h.installation_id = r.installation_id and h.namespace = r.namespace and h.pool = r.pool and h.held)
from unnest(@installation_ids::uuid[], @namespaces::text[], @pools::text[], @limit_keys::text[]) as r (installation_id, namespace, pool, limit_key)
where not exists (
    select from podengine.lanes l
    where l.installation_id = r.installation_id and l.namespace = r.namespace and l.pool = r.pool and l.limit_key = r.limit_key)
order by 1, 2, 3, 4
on conflict do nothing
