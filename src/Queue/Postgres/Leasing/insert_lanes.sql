-- Makes sure that lanes exist.
insert into podengine.lanes (installation_id, namespace, pool)
select distinct r.installation_id, r.namespace, r.pool
from unnest(@installation_ids::uuid[], @namespaces::text[], @pools::text[]) as r (installation_id, namespace, pool)
where not exists (
    select from podengine.lanes l
    where l.installation_id = r.installation_id and l.namespace = r.namespace and l.pool = r.pool)
order by 1, 2, 3
on conflict do nothing
