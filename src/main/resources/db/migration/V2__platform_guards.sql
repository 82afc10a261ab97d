-- Rules that hold for every program that writes. An inactive user gets no token, membership request, membership, admin
-- role or certificate of a SCORM course. A community admin cannot become inactive.
-- A trigger runs once per statement, so a statement of a million rows costs a query, not a million. The functions run
-- with their owner's rights, because a role that may insert a token need not be allowed to lock users.
-- The guards replace those of an earlier installation, which a backup of schema public contains.

-- An e-mail address identifies a user in upper or lower case, so two addresses must not differ by case alone.
create unique index if not exists users_email_any_case on public.users (lower(email));
-- A reactivated user becomes a member of the global community, so there must not be two.
create unique index if not exists communities_one_global on public.communities (is_global) where is_global;

-- Refuses rows of inactive users. A trigger with an argument refuses only rows of a SCORM course: a user without such
-- a row is neither locked nor refused. PL/pgSQL plans a query when it first runs it, so only a table whose trigger has
-- the argument needs a column course_id. The two queries take no parameters, so a session plans each of them once. One
-- query over an array of user IDs would be planned again for every statement.
-- A certificate is judged by its course's format at the time of the write. A course may change its format later: that
-- writes no certificate, an inactive user may keep certificates of other formats, and to refuse it would lock the
-- certificates of all users.
-- FOR SHARE conflicts with the lock of a deactivation. The lock of a foreign key does not: without FOR SHARE, neither
-- transaction would see that the other one breaks the rule. MATERIALIZED locks every user before any user is judged.
create or replace function public.refuse_inactive_users() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    refused text;
begin
    if tg_nargs = 0 then
        with named as materialized (
            select u.id, u.active
            from public.users u
            where u.id in (select n.user_id from new_rows n)
            order by u.id
            for share of u
        )
        select string_agg(id::text, ', ' order by id) into refused from named where not active;
    else
        with named as materialized (
            select u.id, u.active
            from public.users u
            where u.id in (
                select n.user_id
                from new_rows n
                join public.courses c on c.id = n.course_id
                where c.format = 'scorm')
            order by u.id
            for share of u
        )
        select string_agg(id::text, ', ' order by id) into refused from named where not active;
    end if;
    if refused is not null then
        raise exception 'inactive user % can have no % in %', refused, concat_ws(' ', 'row', tg_argv[0]), tg_table_name
            using errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name,
                  hint = 'Reactivate the user first.';
    end if;
    return null;
end $$;

-- Refuses an admin role of an inactive user. It locks the user by an update, not only FOR SHARE: a deactivation under
-- REPEATABLE READ that began before the grant then fails to serialize. With FOR SHARE it would overlook the grant.
create or replace function public.refuse_inactive_grantees() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    refused text;
begin
    with granted as (
        update public.users set active = active
        where id in (select n.user_id from new_rows n)
          and active
        returning id
    )
    select string_agg(id::text, ', ' order by id) into refused
    from (
        select distinct n.user_id as id
        from new_rows n
        where not exists (select from granted g where g.id = n.user_id)
    ) ungranted;
    if refused is not null then
        raise exception 'inactive user % can have no row in %', refused, tg_table_name
            using errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name,
                  hint = 'Reactivate the user first.';
    end if;
    return null;
end $$;

-- Refuses to set a community admin inactive, and names the admin's communities.
create or replace function public.refuse_inactive_admins() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    refused text;
begin
    select string_agg(format('user %s is admin of %s', admin.user_id, admin.community_ids), '; ' order by admin.user_id)
    into refused
    from (
        select a.user_id, string_agg(a.community_id::text, ', ' order by a.community_id) as community_ids
        from new_rows n
        join public.community_admins a on a.user_id = n.id
        where not n.active
        group by a.user_id
    ) admin;
    if refused is not null then
        raise exception 'a community admin cannot be inactive: %', refused
            using errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name,
                  hint = 'Remove the admin role, or transfer it to another user, first.';
    end if;
    return null;
end $$;

-- A trigger runs without this right. With it, the owner of any other table could use these functions' rights.
revoke execute on function
    public.refuse_inactive_users(), public.refuse_inactive_grantees(), public.refuse_inactive_admins() from public;

create or replace trigger no_inactive_admin after update on public.users
    referencing new table as new_rows for each statement execute function public.refuse_inactive_admins();

create or replace trigger no_inactive_user_inserted after insert on public.auto_login_tokens
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();
create or replace trigger no_inactive_user_updated after update on public.auto_login_tokens
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();

create or replace trigger no_inactive_user_inserted after insert on public.device_tokens
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();
create or replace trigger no_inactive_user_updated after update on public.device_tokens
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();

create or replace trigger no_inactive_user_inserted after insert on public.oauth_tokens
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();
create or replace trigger no_inactive_user_updated after update on public.oauth_tokens
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();

create or replace trigger no_inactive_user_inserted after insert on public.membership_requests
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();
create or replace trigger no_inactive_user_updated after update on public.membership_requests
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();

create or replace trigger no_inactive_user_inserted after insert on public.community_memberships
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();
create or replace trigger no_inactive_user_updated after update on public.community_memberships
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();

create or replace trigger no_inactive_user_inserted after insert on public.community_admins
    referencing new table as new_rows for each statement execute function public.refuse_inactive_grantees();
create or replace trigger no_inactive_user_updated after update on public.community_admins
    referencing new table as new_rows for each statement execute function public.refuse_inactive_grantees();

create or replace trigger no_inactive_user_inserted after insert on public.certificates
    referencing new table as new_rows for each statement
    execute function public.refuse_inactive_users('of a SCORM course');
create or replace trigger no_inactive_user_updated after update on public.certificates
    referencing new table as new_rows for each statement
    execute function public.refuse_inactive_users('of a SCORM course');
