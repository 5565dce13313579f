-- What always holds of the rows that claims and completions write. The product leaves it out, because PostgreSQL would read it anew for every
-- statement; under test the database itself refuses what breaks it.
alter table podengine.job_state
    add check (state in ('pending', 'queued', 'processing', 'retrying', 'suspended', 'awaiting_approval', 'completed', 'failed', 'cancelled')),
    add check (generation >= 1),
    add check (priority between -1000 and 1000),
    add check (attempts >= 0),
    add check (rescues >= 0),
    add check (processed_micros >= 0),
    add check (approval in ('approved', 'rejected')),
    add check (progress_percent between 0 and 100),
    add constraint held_while_processing
        check ((state = 'processing') = (lease_token is not null) and (lease_token is null) = (claimed_at is null)),
    add constraint finished_at_the_end check ((state in ('completed', 'failed', 'cancelled')) = (finished_at is not null)),
    add constraint stopped_while_processing check (stop_reason is null or state = 'processing');

alter table podengine.leases add check (cardinality(jobs) between 1 and 500);

alter table podengine.unmirrored add check (cardinality(jobs) between 1 and 500);
