-- Inserts the facts of jobs not known yet, in the order they were asked for, and tells which those were. Waits for another transaction that
-- inserts one of the same ids; if that commits, the job is known.
insert into podengine.jobs (
    id, lane_id, installation_id, name, arguments, max_retries, retry_delay, retry_exponential, retry_max_delay, active_deadline, start_after, created_at)
select r.id, l.id, r.installation_id, r.name, r.arguments, r.max_retries, r.retry_delay, r.retry_exponential, r.retry_max_delay, r.active_deadline,
       r.start_after, @now
from unnest(
    @ids::uuid[], @installation_ids::uuid[], @namespaces::text[], @pools::text[], @names::text[], @arguments::text[], @max_retries::int[],
    @retry_delays::interval[], @retry_exponentials::boolean[], @retry_max_delays::interval[], @active_deadlines::interval[], @start_afters::timestamptz[]
) with ordinality as r (
    id, installation_id, namespace, pool, name, arguments, max_retries, retry_delay, retry_exponential, retry_max_delay, active_deadline, start_after, place)
join podengine.lanes l on l.installation_id = r.installation_id and l.namespace = r.namespace and l.pool = r.pool
order by r.place
on conflict (id) do nothing
returning id
