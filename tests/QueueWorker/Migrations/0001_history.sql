-- min_reader: 1
-- What attempts say of themselves: rows are only ever added.
create table podengine.history (
    -- The order of insertion. Rows of two transactions of which one ended before the other began are in the right order.
    id        bigint generated always as identity primary key,
    -- Named by the writer, so that repeating an insertion of which nobody knows whether it was committed adds nothing.
    entry     uuid not null unique,
    job       uuid not null,
    token     bigint not null,
    worker    text not null,
    -- What a claim, a write or an outcome and its answers have in common.
    operation uuid not null,
    kind      text not null,
    detail    text,
    at        timestamptz not null default clock_timestamp()
);
