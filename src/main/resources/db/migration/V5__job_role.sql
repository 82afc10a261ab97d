-- The least rights that the commands need, as a group role: grant it to the login that runs them.
-- A role belongs to the server, not to a database, so it may exist already.
do $$
begin
    if not exists (select from pg_roles where rolname = 'fuse_users_job') then
        create role fuse_users_job nologin;
    end if;
end $$;

-- PostgreSQL before 15 lets every login create objects in schema public, and a database keeps this after an upgrade.
revoke create on schema public from public;
grant usage on schema public, fuse_batch to fuse_users_job;

-- Every change of a table needs its grants: those of version 1 here, those of a later one in a migration of its own.
-- Deletions:
grant select (user_id), delete on
    public.auto_login_tokens, public.device_tokens, public.oauth_tokens, public.membership_requests to fuse_users_job;
-- Deletions and insertions:
grant select, delete, insert (community_id, user_id, joined_at) on public.community_memberships to fuse_users_job;
grant select (course_id, user_id), delete, insert (course_id, user_id, issued_at) on public.certificates
    to fuse_users_job;
-- The update allows the lock that keeps an admin role in place until it is transferred.
grant select, delete, insert (community_id, user_id, granted_at), update (granted_at) on public.community_admins
    to fuse_users_job;

-- A platform's own table may take a default from a sequence, as serial columns do.
do $$
declare
    sequence regclass;
begin
    for sequence in
        select distinct used.refobjid::regclass
        from pg_attrdef value
        join pg_depend used on used.classid = 'pg_attrdef'::regclass and used.objid = value.oid
                           and used.refclassid = 'pg_class'::regclass
        join pg_class c on c.oid = used.refobjid and c.relkind = 'S'
        where value.adrelid in (
            'public.community_memberships'::regclass, 'public.certificates'::regclass, 'public.community_admins'::regclass)
    loop
        execute format('grant usage on sequence %s to fuse_users_job', sequence);
    end loop;
end $$;

-- The job never prints a user's name, so it cannot read the columns first_name and last_name.
grant select (id, username, email, active, created_at, deactivated_at, personal_data_removed_at) on public.users
    to fuse_users_job;
grant update (active, deactivated_at) on public.users to fuse_users_job;
grant select (id, name, is_global) on public.communities to fuse_users_job;
grant select (id, community_id, format) on public.courses to fuse_users_job;
grant select (course_id, user_id) on public.course_completions to fuse_users_job;

grant select on fuse_batch.flyway_schema_history to fuse_users_job;
grant select, insert, update, delete on
    fuse_batch.batch_job_instance, fuse_batch.batch_job_execution, fuse_batch.batch_job_execution_params,
    fuse_batch.batch_job_execution_context, fuse_batch.batch_step_execution, fuse_batch.batch_step_execution_context
    to fuse_users_job;
grant usage on
    fuse_batch.batch_job_instance_seq, fuse_batch.batch_job_execution_seq, fuse_batch.batch_step_execution_seq
    to fuse_users_job;
-- Taking a request locks its row, which needs the right to update it.
grant select, insert, update, delete on fuse_batch.int_channel_message to fuse_users_job;
grant usage on fuse_batch.int_message_seq to fuse_users_job;
grant select, insert (run_id, attempt, reason), update (last_checked_at), delete on fuse_batch.waits to fuse_users_job;
-- The job cannot set the login of an attempt. It can remove an attempt only with its job execution, as a purge does.
grant select, insert (job_execution_id, account, host, version, lock_pid), update (error) on fuse_batch.attempts to fuse_users_job;
grant select, insert (job_execution_id, account, host) on fuse_batch.helpers to fuse_users_job;
grant select, insert, update, delete on fuse_batch.runs to fuse_users_job;
grant select, insert, update (ended_at), delete on fuse_batch.commands to fuse_users_job;
grant select, insert, update (opened_at) on fuse_batch.command_runs to fuse_users_job;
-- The job can neither remove nor change the trace of a purge.
grant select, insert (run_id, command, dry_run, input_digest, ended_at, exit_code, abandoned, purged_at)
    on fuse_batch.purged_runs to fuse_users_job;
grant select, insert, delete on
    fuse_batch.run_rows, fuse_batch.run_users, fuse_batch.run_outcomes, fuse_batch.run_chunks to fuse_users_job;

-- Only its owner may analyze a table. Without an analysis, the planner takes a million freshly staged rows for three.
create function fuse_batch.analyze_staged_rows() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    analyze fuse_batch.run_rows, fuse_batch.run_users;
end $$;
revoke execute on function fuse_batch.analyze_staged_rows() from public;
grant execute on function fuse_batch.analyze_staged_rows() to fuse_users_job;
