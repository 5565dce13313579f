-- A job that retention took away runs again, from the start, when it is asked for with a new retry token. Tells which stay away.
with revived as (
    delete from podengine.tombstones t
    using unnest(@ids::uuid[], @generations::bigint[], @retry_tokens::text[]) as r (id, generation, retry_token)
    where t.id = r.id and r.generation > t.generation and r.retry_token is not null and r.retry_token is distinct from t.retry_token
    returning t.id
)
select t.id
from podengine.tombstones t
where t.id = any (@ids) and not exists (select from revived r where r.id = t.id)
