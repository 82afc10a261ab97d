-- The rules that hold whichever program writes: an inactive user gets no token, request, membership or admin
-- role, and no community admin becomes inactive. Statement-level triggers: one query a statement, however many
-- rows. They run with their owner's rights, because a role that may insert a token need not be allowed to lock users.

-- Reads the users FOR SHARE, which conflicts with the lock that a deactivation holds: a foreign key's own lock
-- does not, and each transaction would find the other's rule unbroken. MATERIALIZED, because every user must be
-- locked before any is judged.
create function public.refuse_inactive_users() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    refused text;
begin
    with named as materialized (
        select u.id, u.active
        from public.users u
        where u.id in (select n.user_id from new_rows n)
        order by u.id
        for share of u
    )
    select string_agg(id::text, ', ' order by id) into refused from named where not active;
    if refused is not null then
        raise exception 'inactive user % can have no row in %', refused, tg_table_name
            using errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name,
                  hint = 'Reactivate the user first.';
    end if;
    return null;
end $$;

-- A grant of the admin role locks by writing the user's row, not only by reading it, so that a deactivation under
-- REPEATABLE READ that began before the grant fails to serialize instead of overlooking it.
create function public.refuse_inactive_grantees() returns trigger
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

create function public.refuse_inactive_admins() returns trigger
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

-- The triggers need nobody's right to call these; a table of somebody else's must not borrow their owner's rights.
revoke execute on function
    public.refuse_inactive_users(), public.refuse_inactive_grantees(), public.refuse_inactive_admins() from public;

create trigger no_inactive_admin after update on public.users
    referencing new table as new_rows for each statement execute function public.refuse_inactive_admins();

create trigger no_inactive_user_inserted after insert on public.auto_login_tokens
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();
create trigger no_inactive_user_updated after update on public.auto_login_tokens
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();

create trigger no_inactive_user_inserted after insert on public.device_tokens
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();
create trigger no_inactive_user_updated after update on public.device_tokens
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();

create trigger no_inactive_user_inserted after insert on public.oauth_tokens
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();
create trigger no_inactive_user_updated after update on public.oauth_tokens
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();

create trigger no_inactive_user_inserted after insert on public.membership_requests
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();
create trigger no_inactive_user_updated after update on public.membership_requests
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();

create trigger no_inactive_user_inserted after insert on public.community_memberships
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();
create trigger no_inactive_user_updated after update on public.community_memberships
    referencing new table as new_rows for each statement execute function public.refuse_inactive_users();

create trigger no_inactive_user_inserted after insert on public.community_admins
    referencing new table as new_rows for each statement execute function public.refuse_inactive_grantees();
create trigger no_inactive_user_updated after update on public.community_admins
    referencing new table as new_rows for each statement execute function public.refuse_inactive_grantees();
