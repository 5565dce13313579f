-- The ids of lanes.
select l.installation_id, l.namespace, l.pool, l.limit_key, l.id
from podengine.lanes l
join unnest(@installation_ids::uuid[], @namespaces::text[], @pools::text[], @limit_keys::text[]) as r (installation_id, namespace, pool, limit_key)
  on l.installation_id = r.installation_id and l.namespace = r.namespace and l.pool = r.pool and l.limit_key = r.limit_key
