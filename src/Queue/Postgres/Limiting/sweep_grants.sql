-- Forgets up to @limit grants that no longer count.
delete from podengine.limit_grants g
where g.ctid = any (array(
    select o.ctid from podengine.limit_grants o where o.counts_until <= coalesce(@now, clock_timestamp()) limit @limit for update skip locked))
