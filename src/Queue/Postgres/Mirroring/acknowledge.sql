-- Forgets what was mirrored, unless it changed since: a change of the row waits for this statement or this statement for it, and then sees
-- another version.
delete from podengine.unmirrored u
where u.job_id = any (array(
    select known.job_id
    from podengine.unmirrored known
    join unnest(@jobs::uuid[], @versions::bigint[]) as m (job_id, version) on m.job_id = known.job_id and m.version = known.version
    order by known.job_id
    for update of known))
