-- min_reader: 1
-- The queue's first tables, by how their rows live: facts are written once; what churns is narrow; history is never on the path of a claim.

-- Where jobs wait: one pool of one namespace of one installation, and within it one lane for each shared limit.
create table podengine.lanes (
    id              integer generated always as identity primary key,
    installation_id uuid not null,
    namespace       text not null check (length(namespace) between 1 and 253),
    pool            text not null check (length(pool) between 1 and 253),
    limit_key       text not null check (length(limit_key) <= 253),
    -- The limit is used up: no claims before.
    held_until      timestamptz,
    unique (installation_id, namespace, pool, limit_key)
);

-- Facts: written once. seq is the order of insertion; it breaks ties of claims, orders lists and keys the narrow tables, and nobody follows it
-- as a cursor.
create table podengine.jobs (
    seq               bigint generated always as identity primary key,
    id                uuid not null unique,
    lane_id           integer not null,
    installation_id   uuid not null,
    name              text not null check (length(name) between 1 and 253),
    arguments         text not null,
    max_retries       integer not null check (max_retries between 0 and 100),
    retry_delay       interval not null check (retry_delay >= interval '0'),
    retry_exponential boolean not null,
    retry_max_delay   interval not null check (retry_max_delay >= interval '0'),
    active_deadline   interval not null check (active_deadline > interval '0'),
    start_after       timestamptz,
    created_at        timestamptz not null,
    -- As first asked for; job_state has what is in force.
    generation        bigint not null check (generation >= 1),
    priority          integer not null check (priority between -1000 and 1000),
    retry_token       text
);

create index jobs_newest_first on podengine.jobs (installation_id, seq desc);

-- What changed about a job, and how it ended. A job has no row from its insertion until something but a claim happens to it: on the straight path
-- one row is written once, at the end. While a lease names the job, the lease says more than this row. No check constraints: PostgreSQL reads their text
-- anew for every statement, which claims and completions would pay for.
create table podengine.job_state (
    job_seq          bigint primary key,
    state            text not null,
    generation       bigint not null,
    priority         integer not null,
    attempts         integer not null,
    rescues          integer not null,
    worker           text,
    queued_at        timestamptz not null,
    started_at       timestamptz,
    finished_at      timestamptz,
    run_at           timestamptz not null,
    claimed_at       timestamptz,
    lease_token      bigint,
    processed_micros bigint not null,
    suspended        boolean not null,
    stop_reason      text,
    retry_token      text,
    approval         text,
    progress_percent integer,
    progress_step    text,
    progress_detail  text,
    failure_class    text,
    failure_code     text,
    failure_message  text,
    failure_retryable boolean,
    reason           text,
    result           text
) with (fillfactor = 85);

-- For retention only. Rows lie about in the order of their end, so block ranges serve, and cost a completion nothing. That holds until retention begins:
-- new rows then fill the place of old ones, and VACUUM never narrows a range that is summarized, so that in the end every look of retention, one a minute,
-- reads the whole table, which is as long as the history that is kept. REINDEX of this index sums up anew.
create index job_state_finished on podengine.job_state using brin (finished_at) with (pages_per_range = 32, autosummarize = on);

-- Every other job that has not ended has a narrow row by which it is found; a parked one has this row alone. They are few.
create index job_state_suspended on podengine.job_state (job_seq) where state = 'suspended';

-- Claimable jobs, and nothing else: inserted when a job becomes claimable, deleted when it is claimed.
create table podengine.ready (
    lane_id   integer not null,
    claim_key timestamptz not null,
    seq       bigint not null,
    primary key (lane_id, claim_key, seq)
);

-- Jobs to look at when their time comes: scheduled, retried, snoozed, or waiting for an approval that expires.
create table podengine.deferred (
    job_seq bigint primary key,
    due_at  timestamptz not null
);

create index deferred_by_due on podengine.deferred (due_at);

-- Who holds what: one row for each claim, with those of its jobs that are still held. The token is the fence: it grows with every claim and is never
-- drawn twice, so that a write of an attempt is accepted only while the row with its token names its job.
create table podengine.leases (
    token      bigint generated always as identity primary key,
    worker_id  text not null,
    jobs       bigint[] not null,
    claimed_at timestamptz not null
) with (fillfactor = 50, toast_tuple_target = 8160);

-- A claim's jobs fit on a page; compressing them would cost more than it saves.
alter table podengine.leases alter column jobs set storage plain;

create index leases_by_worker on podengine.leases (worker_id);

-- One row per worker process; its heartbeat keeps all its leases alive.
create table podengine.workers (
    id              text primary key,
    lane_id         integer not null,
    host            text not null,
    concurrency     integer not null,
    draining        boolean not null,
    drain_requested boolean not null default false,
    jobs_completed  bigint not null,
    attempts_failed bigint not null,
    started_at      timestamptz not null,
    last_seen       timestamptz not null
) with (fillfactor = 50);

-- What the mirror has not seen: every change adds a row in its own transaction, naming the jobs it changed. The mirror takes away what it has
-- mirrored; what changed since has another row.
create table podengine.unmirrored (
    id              bigint generated always as identity primary key,
    installation_id uuid not null,
    finished        boolean not null,
    jobs            bigint[] not null
) with (toast_tuple_target = 8160);

alter table podengine.unmirrored alter column jobs set storage plain;

create index unmirrored_finished_first on podengine.unmirrored (installation_id, finished desc, id);

-- How many jobs are in which state: every change adds rows, the leader sums them up. Nobody waits for a counter, and nobody counts.
create table podengine.lane_deltas (
    lane_id integer not null,
    state   text not null,
    jobs    integer not null
);

create table podengine.lane_totals (
    lane_id integer not null,
    state   text not null,
    jobs    bigint not null,
    primary key (lane_id, state)
);

-- Finished jobs that retention took away, for as long as somebody may apply them again.
create table podengine.tombstones (
    id              uuid primary key,
    installation_id uuid not null,
    state           text not null check (state in ('completed', 'failed', 'cancelled')),
    generation      bigint not null,
    retry_token     text,
    finished_at     timestamptz not null
);
