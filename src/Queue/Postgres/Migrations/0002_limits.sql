-- min_reader: 1
-- Limits that all workers keep together. There is no counter: what was granted is inserted, and counted by index where it matters. Whoever grants
-- holds the key's advisory lock until the commit, so that each sees what the one before granted.

-- Permits of rate limits, in blocks: used by one process until usable_until, and counted for one window longer. Never updated.
create table podengine.limit_grants (
    installation_id uuid not null,
    limit_key       text not null check (length(limit_key) between 1 and 253),
    permits         integer not null check (permits >= 1),
    granted_at      timestamptz not null,
    usable_until    timestamptz not null check (usable_until > granted_at),
    counts_until    timestamptz not null check (counts_until > usable_until)
);

create index limit_grants_by_key on podengine.limit_grants (installation_id, limit_key, usable_until) include (permits);

create index limit_grants_by_end on podengine.limit_grants (counts_until);

-- Open slots of concurrency limits, one row for each. A slot belongs to a worker and counts while the worker has its row.
create table podengine.limit_slots (
    id              uuid primary key,
    installation_id uuid not null,
    limit_key       text not null check (length(limit_key) between 1 and 253),
    worker_id       text not null,
    opened_at       timestamptz not null
);

create index limit_slots_by_key on podengine.limit_slots (installation_id, limit_key);

create index limit_slots_by_worker on podengine.limit_slots (worker_id);
