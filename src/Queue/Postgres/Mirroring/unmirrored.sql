-- The jobs named by the changes that wait for the mirror, ends first, then the oldest: as many rows as it takes to name @limit jobs.
select named.seq, array_agg(named.id), bool_or(named.finished)
from (
    select u.id, u.finished, held.seq
    from (
        select u.id, u.finished, u.jobs,
               sum(cardinality(u.jobs)) over (order by u.finished desc, u.id) - cardinality(u.jobs) as named_before
        from (
            select u.id, u.finished, u.jobs
            from podengine.unmirrored u
            where u.installation_id = @installation_id
            order by u.finished desc, u.id
            limit @limit
        ) as u
    ) as u
    cross join lateral unnest(u.jobs) as held (seq)
    where u.named_before < @limit
) as named
group by named.seq
order by bool_or(named.finished) desc, min(named.id)
limit @limit
