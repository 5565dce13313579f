-- min_reader: 1
-- What jobs bought and made. Every row of an attempt is written in one transaction with the check of its lease, and says which lease wrote it. Rows
-- go when the queue forgets their job, in the same transaction.

-- Purchases: announced before they are made, settled with what they got. The key is the same in every attempt, so that none buys again.
create table podengine.purchases (
    job_id     uuid not null references podengine.jobs (id) on delete cascade,
    step       text not null check (length(step) between 1 and 50),
    item       text not null check (length(item) <= 200),
    state      text not null check (state in ('begun', 'settled')),
    request    text not null,
    remote_id  text,
    result     text,
    repeats    integer not null default 0 check (repeats >= 0),
    gpu_millis bigint not null default 0,
    usd_micros bigint not null default 0,
    token      bigint not null,
    begun_at   timestamptz not null,
    settles_at timestamptz not null,
    settled_at timestamptz,
    primary key (job_id, step, item),
    constraint settled_with_result check ((state = 'settled') = (settled_at is not null) and (state = 'begun' or result is not null))
);

create table podengine.images (
    job_id      uuid not null references podengine.jobs (id) on delete cascade,
    index       integer not null check (index >= 0),
    title       text not null,
    description text not null,
    tags        text[] not null,
    prompt      text not null,
    seed        bigint not null,
    provenance  text not null,
    sha256      text check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes       bigint check (bytes >= 0),
    media_type  text,
    fault_code  text,
    token       bigint not null,
    saved_at    timestamptz not null,
    primary key (job_id, index)
);

create table podengine.products (
    job_id        uuid not null references podengine.jobs (id) on delete cascade,
    image_index   integer not null check (image_index >= 0),
    product_type  text not null,
    platform      text not null,
    shop_id       bigint not null,
    external_id   text,
    title         text not null,
    price_cents   integer not null check (price_cents >= 0),
    state         text not null check (state in ('draft', 'publishing', 'published', 'failed')),
    url           text,
    fault_code    text,
    fault_message text,
    token         bigint not null,
    saved_at      timestamptz not null,
    primary key (job_id, image_index, product_type, platform)
);

-- Lines for people, in the order they were written. Not fenced: a lost attempt may still say why it stopped.
create table podengine.logs (
    id      bigint generated always as identity primary key,
    job_id  uuid not null references podengine.jobs (id) on delete cascade,
    time    timestamptz not null,
    level   text not null check (level in ('info', 'warning', 'error')),
    worker  text not null,
    message text not null check (length(message) <= 4096)
);

create index logs_of_job on podengine.logs (job_id, id desc);
