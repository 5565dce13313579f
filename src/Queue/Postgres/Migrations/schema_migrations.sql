-- The first thing in the schema: which migrations of which component are applied, and the oldest binary that may still use the tables after each.
create table if not exists podengine.schema_migrations (
    component  text not null,
    version    integer not null,
    name       text not null,
    min_reader integer not null,
    applied_at timestamptz not null default now(),
    primary key (component, version)
);
