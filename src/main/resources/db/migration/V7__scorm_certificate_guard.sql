-- The rule that V2 left out: an inactive user gets no certificate of a SCORM course either. Those of other courses stay
-- with a user who is deactivated, and may be written.

-- As refuse_inactive_users, but only of those rows whose course is a SCORM course: whoever has no such row is neither
-- locked nor judged. What is written is judged by the format that its course has by then. That a course changes its
-- format is not refused: it writes nobody's certificate, an inactive user may rightly have been left one, and the
-- certificates of all users would have to be locked for it.
create function public.refuse_inactive_users_of_scorm_courses() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    refused text;
begin
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
    if refused is not null then
        raise exception 'inactive user % can have no row of a SCORM course in %', refused, tg_table_name
            using errcode = 'check_violation', schema = tg_table_schema, table = tg_table_name,
                  hint = 'Reactivate the user first.';
    end if;
    return null;
end $$;

revoke execute on function public.refuse_inactive_users_of_scorm_courses() from public;

create trigger no_inactive_user_inserted after insert on public.certificates
    referencing new table as new_rows for each statement
    execute function public.refuse_inactive_users_of_scorm_courses();
create trigger no_inactive_user_updated after update on public.certificates
    referencing new table as new_rows for each statement
    execute function public.refuse_inactive_users_of_scorm_courses();
