-- Which attempt at the run committed the chunk, counted from 1. The default is for what is on record already, and for a
-- process of the program before, which may be at work meanwhile.
alter table fuse_batch.run_chunks add column attempt integer not null default 1 check (attempt >= 1);
