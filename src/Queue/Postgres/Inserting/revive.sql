-- A job that retention took away runs again, from the start, when it is asked for with a new retry token.
delete from podengine.tombstones t
using unnest(@ids::uuid[], @generations::bigint[], @retry_tokens::text[]) as r (id, generation, retry_token)
where t.id = r.id and r.generation > t.generation and r.retry_token is not null and r.retry_token is distinct from t.retry_token
