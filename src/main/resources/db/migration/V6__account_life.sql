-- The way back: reactivation, undo, reissued certificates, the transfer of admin roles, plans that bind their run, purging.

alter table fuse_batch.runs
    add column identifying_column  text,
    add column plan_run_id         bigint references fuse_batch.runs,
    add column undone_run_id       bigint references fuse_batch.runs,
    add column with_memberships    boolean not null default false,
    add column transfer_admin_to   bigint,
    -- Whether an admin in the input may have a successor; known once the input is staged.
    add column names_successors    boolean not null default false,
    -- The newest migration as the history has it, without a time zone, when the run began: a plan holds until the next.
    add column schema_installed_on timestamp,
    -- From here on the run's records may be incomplete: nothing is to rely on them.
    add column purge_started_at    timestamptz;
create index runs_plan on fuse_batch.runs (plan_run_id) where plan_run_id is not null;
create index runs_undone on fuse_batch.runs (undone_run_id) where undone_run_id is not null;
create index runs_input on fuse_batch.runs (command, input_digest);

-- As the row has it, which in a malformed row need not be a user ID.
alter table fuse_batch.run_rows add column successor text;
-- Who is to take the user's admin roles over; null if nobody is.
alter table fuse_batch.run_users add column successor_id bigint;

alter table fuse_batch.run_chunks rename column row_counts to deleted_rows;
alter table fuse_batch.run_chunks add column added_rows json not null default '{}';

alter table fuse_batch.run_outcomes
    add column removed_course_ids  bigint[],
    add column added_community_ids bigint[],
    add column added_course_ids    bigint[];

grant select (created_at) on public.users to fuse_users_job;
grant select (id, name, is_global) on public.communities to fuse_users_job;
grant select (course_id, user_id) on public.course_completions to fuse_users_job;
grant insert (community_id, user_id, joined_at) on public.community_memberships to fuse_users_job;
grant insert (course_id, user_id, issued_at) on public.certificates to fuse_users_job;
-- The update is for the lock that keeps a role in place while it is handed over.
grant insert (community_id, user_id, granted_at), update (granted_at), delete on public.community_admins to fuse_users_job;

grant delete on fuse_batch.runs, fuse_batch.run_rows, fuse_batch.run_users, fuse_batch.run_outcomes, fuse_batch.run_chunks
    to fuse_users_job;
