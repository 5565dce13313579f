-- Takes jobs out of the leases that name them; a lease that names none is over.
with changed as materialized (
    select l.token, array(select unnest(l.jobs) except select unnest(@seqs::bigint[])) as jobs
    from podengine.leases l
    where l.token = any (@tokens)
),
ended as (
    delete from podengine.leases l using changed c where l.token = c.token and cardinality(c.jobs) = 0
)
update podengine.leases l set jobs = c.jobs
from changed c
where l.token = c.token and cardinality(c.jobs) > 0
