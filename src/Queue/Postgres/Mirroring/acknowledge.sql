-- Takes jobs out of the changes that named them; a change that names none is mirrored. A change made since has a row of its own.
with seen as materialized (
    select s.id, array_agg(s.seq) as jobs
    from unnest(@changes::bigint[], @seqs::bigint[]) as s (id, seq)
    group by s.id
),
changed as materialized (
    select u.id, array(select unnest(u.jobs) except select unnest(s.jobs)) as jobs
    from podengine.unmirrored u
    join seen s on s.id = u.id
    order by u.id
    for update of u
),
mirrored as (
    delete from podengine.unmirrored u using changed c where u.id = c.id and cardinality(c.jobs) = 0
)
update podengine.unmirrored u set jobs = c.jobs
from changed c
where u.id = c.id and cardinality(c.jobs) > 0
