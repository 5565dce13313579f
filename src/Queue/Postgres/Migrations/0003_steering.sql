-- min_reader: 1
-- Queues can be held. A binary that does not know of it goes on claiming, as it did before, until it is replaced.

-- Nobody claims from a held lane. All lanes of a queue are held together; one made later takes it from the others.
alter table podengine.lanes add column held boolean not null default false;
