-- The least rights that the commands need, as a group role: grant it to the login that runs them.
-- Roles belong to the server, not to the database, so another database may have made it already.
do $$
begin
    if not exists (select from pg_roles where rolname = 'fuse_users_job') then
        create role fuse_users_job nologin;
    end if;
end $$;

grant usage on schema public, fuse_batch to fuse_users_job;

-- No names: the job looks users up, and never prints one.
grant select (id, username, email, active, deactivated_at, personal_data_removed_at) on public.users to fuse_users_job;
grant update (active, deactivated_at) on public.users to fuse_users_job;
grant select on public.community_admins to fuse_users_job;
grant select, delete on public.community_memberships to fuse_users_job;
grant select (user_id), delete on public.membership_requests to fuse_users_job;
grant select (user_id), delete on public.auto_login_tokens to fuse_users_job;
grant select (user_id), delete on public.device_tokens to fuse_users_job;
grant select (user_id), delete on public.oauth_tokens to fuse_users_job;
grant select (id, community_id, format) on public.courses to fuse_users_job;
grant select (course_id, user_id), delete on public.certificates to fuse_users_job;

grant select on fuse_batch.flyway_schema_history to fuse_users_job;
grant select, insert, update, delete on
    fuse_batch.batch_job_instance, fuse_batch.batch_job_execution, fuse_batch.batch_job_execution_params,
    fuse_batch.batch_job_execution_context, fuse_batch.batch_step_execution, fuse_batch.batch_step_execution_context
    to fuse_users_job;
grant usage on
    fuse_batch.batch_job_instance_seq, fuse_batch.batch_job_execution_seq, fuse_batch.batch_step_execution_seq
    to fuse_users_job;
grant select, insert, update on fuse_batch.runs to fuse_users_job;
grant select, insert on fuse_batch.run_rows, fuse_batch.run_users, fuse_batch.run_outcomes, fuse_batch.run_chunks
    to fuse_users_job;

-- Only the owner may analyze a table, and without it the planner takes a freshly staged million rows for three.
create function fuse_batch.analyze_staged_rows() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    analyze fuse_batch.run_rows, fuse_batch.run_users;
end $$;
revoke execute on function fuse_batch.analyze_staged_rows() from public;
grant execute on function fuse_batch.analyze_staged_rows() to fuse_users_job;
