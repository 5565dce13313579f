-- Inserts the facts of jobs not known yet, in the order they were asked for, and tells which those were. Waits for another transaction that
-- inserts one of the same ids; if that commits, the job is known. A job that retention took away is known too; one that it takes away while this waits
-- for it is inserted, and found by the statement that follows.
insert into podengine.jobs (
    id, lane_id, installation_id, name, arguments, max_retries, retry_delay, retry_exponential, retry_max_delay, active_deadline, start_after,
    created_at, generation, priority, retry_token)
select r.id, r.lane_id, r.installation_id, r.name, r.arguments, r.max_retries, r.retry_delay, r.retry_exponential, r.retry_max_delay,
       r.active_deadline, r.start_after, coalesce(@now, statement_timestamp()), r.generation, r.priority, r.retry_token
from unnest(
    @ids::uuid[], @lane_ids::integer[], @installation_ids::uuid[], @names::text[], @arguments::text[], @max_retries::int[], @retry_delays::interval[],
    @retry_exponentials::boolean[], @retry_max_delays::interval[], @active_deadlines::interval[], @start_afters::timestamptz[], @generations::bigint[],
    @priorities::integer[], @retry_tokens::text[]
) with ordinality as r (
    id, lane_id, installation_id, name, arguments, max_retries, retry_delay, retry_exponential, retry_max_delay, active_deadline, start_after,
    generation, priority, retry_token, place)
where not exists (select from podengine.tombstones t where t.id = r.id)
order by r.place
on conflict (id) do nothing
returning id, seq, created_at
