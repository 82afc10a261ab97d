analyze staged;

insert into script_outcomes (line, user_id, outcome)
select line, user_id,
       case
           when nth > 1 then 'DUPLICATE'
           when active is null then 'NOT_FOUND'
           when not active then 'ALREADY_INACTIVE'
           when exists (select from public.community_admins a where a.user_id = row.user_id) then 'COMMUNITY_ADMIN'
           else 'DEACTIVATED'
       end
from (
    select s.line, s.user_id, u.active, row_number() over (partition by s.user_id order by s.line) as nth
    from staged s
    left join public.users u on u.id = s.user_id
) row;

create temporary table leavers on commit drop as
select user_id from script_outcomes where outcome = 'DEACTIVATED';
alter table leavers add primary key (user_id);
analyze leavers;

delete from public.auto_login_tokens t using leavers l where t.user_id = l.user_id;
delete from public.device_tokens t using leavers l where t.user_id = l.user_id;
delete from public.oauth_tokens t using leavers l where t.user_id = l.user_id;
delete from public.membership_requests t using leavers l where t.user_id = l.user_id;
with removed as (
    delete from public.community_memberships t using leavers l where t.user_id = l.user_id
    returning t.user_id, t.community_id
)
insert into script_removed_memberships (user_id, community_id) select user_id, community_id from removed;
delete from public.certificates t using leavers l, public.courses c
where t.user_id = l.user_id and c.id = t.course_id and c.format = 'scorm';
update public.users u set active = false, deactivated_at = now() from leavers l where u.id = l.user_id;
