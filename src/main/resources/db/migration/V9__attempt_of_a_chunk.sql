-- Which attempt at the run committed the chunk, counted from 1. What is on record already counts as the first's.
alter table fuse_batch.run_chunks add column attempt integer not null default 1 check (attempt >= 1);
alter table fuse_batch.run_chunks alter column attempt drop default;
