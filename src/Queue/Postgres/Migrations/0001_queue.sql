-- min_reader: 1
-- The queue's first tables. Facts that never change are apart from what does, and claimable jobs are apart from both: a claim reads and deletes
-- narrow rows only, so its cost knows neither history nor payload.

-- Where jobs wait: one pool of one namespace of one installation.
create table podengine.lanes (
    id              integer generated always as identity primary key,
    installation_id uuid not null,
    namespace       text not null check (length(namespace) between 1 and 253),
    pool            text not null check (length(pool) between 1 and 253),
    unique (installation_id, namespace, pool)
);

-- Facts: written once. seq is the order of insertion; it breaks ties of claims and orders lists, and nobody follows it as a cursor.
create table podengine.jobs (
    id                uuid primary key,
    seq               bigint generated always as identity,
    lane_id           integer not null references podengine.lanes,
    installation_id   uuid not null,
    name              text not null check (length(name) between 1 and 253),
    arguments         text not null,
    max_retries       integer not null check (max_retries between 0 and 100),
    retry_delay       interval not null check (retry_delay >= interval '0'),
    retry_exponential boolean not null,
    retry_max_delay   interval not null check (retry_max_delay >= interval '0'),
    active_deadline   interval not null check (active_deadline > interval '0'),
    start_after       timestamptz,
    created_at        timestamptz not null
);

create index jobs_newest_first on podengine.jobs (installation_id, seq desc);

-- What changes about a job. No column but the key is indexed, so updates stay on their page.
create table podengine.job_state (
    job_id           uuid primary key references podengine.jobs on delete cascade,
    state            text not null check (state in (
                         'pending', 'queued', 'processing', 'retrying', 'suspended', 'awaiting_approval', 'completed', 'failed', 'cancelled')),
    generation       bigint not null check (generation >= 1),
    version          bigint not null check (version >= 1),
    priority         integer not null check (priority between -1000 and 1000),
    attempts         integer not null check (attempts >= 0),
    rescues          integer not null check (rescues >= 0),
    worker           text,
    queued_at        timestamptz not null,
    started_at       timestamptz,
    finished_at      timestamptz,
    run_at           timestamptz not null,
    claimed_at       timestamptz,
    lease_token      bigint,
    processed_micros bigint not null check (processed_micros >= 0),
    suspended        boolean not null,
    stop_reason      text,
    retry_token      text,
    approval         text check (approval in ('approved', 'rejected')),
    progress_percent integer check (progress_percent between 0 and 100),
    progress_step    text,
    progress_detail  text,
    failure_class    text,
    failure_code     text,
    failure_message  text,
    failure_retryable boolean,
    reason           text,
    result           text,
    constraint held_while_processing check ((state = 'processing') = (lease_token is not null) and (lease_token is null) = (claimed_at is null)),
    constraint finished_at_the_end check ((state in ('completed', 'failed', 'cancelled')) = (finished_at is not null)),
    constraint stopped_while_processing check (stop_reason is null or state = 'processing')
) with (fillfactor = 70);

-- Claimable jobs, and nothing else: inserted when a job becomes claimable, deleted when it is claimed.
create table podengine.ready (
    lane_id   integer not null,
    claim_key timestamptz not null,
    seq       bigint not null,
    job_id    uuid not null unique,
    queued_at timestamptz not null,
    primary key (lane_id, claim_key, seq)
);

-- Jobs to look at when their time comes: scheduled, retried, snoozed, or waiting for an approval that expires.
create table podengine.deferred (
    job_id  uuid primary key,
    lane_id integer not null,
    due_at  timestamptz not null
);

create index deferred_by_due on podengine.deferred (due_at);

-- Who holds what. The token is the fence: it grows with every claim and is never drawn twice, so that a write of an attempt is accepted only while
-- the row with its token is there.
create table podengine.leases (
    job_id     uuid primary key,
    token      bigint generated always as identity unique,
    worker_id  text not null,
    claimed_at timestamptz not null
);

create index leases_by_worker on podengine.leases (worker_id);

-- One row per worker process; its heartbeat keeps all its leases alive.
create table podengine.workers (
    id              text primary key,
    lane_id         integer not null,
    host            text not null,
    concurrency     integer not null,
    draining        boolean not null,
    drain_requested boolean not null default false,
    started_at      timestamptz not null,
    last_seen       timestamptz not null
) with (fillfactor = 50);

-- Jobs changed since the mirror last acknowledged them, with the version it must acknowledge.
create table podengine.unmirrored (
    job_id          uuid primary key,
    installation_id uuid not null,
    version         bigint not null,
    finished        boolean not null
);

create index unmirrored_finished_first on podengine.unmirrored (installation_id, finished desc);
