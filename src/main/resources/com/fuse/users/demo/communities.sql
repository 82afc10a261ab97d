insert into public.communities (id, name, is_global)
select id,
       case when id = 1 then 'Everyone'
            else (array['Sales', 'Field Service', 'Compliance', 'Onboarding', 'Leadership', 'Engineering', 'Retail',
                        'Customer Care'])[1 + pg_temp.pick(id, 20, 8)]
                || ' ' || (array['Academy', 'Hub', 'Guild', 'Network'])[1 + pg_temp.pick(id, 21, 4)] || ' ' || id
       end,
       id = 1
from generate_series(1, pg_temp.communities()) id;

-- Four courses for each community, numbered community by community.
insert into public.courses (id, community_id, title, format)
select (c.id - 1) * 4 + nth,
       c.id,
       (array['Foundations', 'Safe Working', 'Data Protection', 'Product Briefing', 'Coaching Skills'])
           [1 + pg_temp.pick(c.id * 4 + nth, 22, 5)] || ' ' || nth,
       (array['scorm', 'video', 'scorm', 'document'])[nth]
from public.communities c
cross join generate_series(1, 4) nth;

insert into public.community_admins (community_id, user_id, granted_at)
select 1 + (pg_temp.pick(u.id, 23, pg_temp.communities()) + nth * (pg_temp.communities() / 4)) % pg_temp.communities(),
       u.id,
       pg_temp.moment(u.id, 24, 180)
from public.users u
cross join lateral generate_series(0, pg_temp.pick(u.id, 25, 4)) nth
where u.active
  and pg_temp.pick(u.id, 26, 100) < 2;

insert into public.community_memberships (community_id, user_id, joined_at)
select case when nth < 0 then 1 else pg_temp.community_of(u.id, nth) end,
       u.id,
       pg_temp.moment(u.id, 27, 180)
from public.users u
cross join lateral generate_series(-1, pg_temp.pick(u.id, 28, 7)::integer) nth
where u.active;

-- The community after the last one that the user is a member of, because users do not request what they have.
insert into public.membership_requests (community_id, user_id, requested_at)
select pg_temp.community_of(u.id, 1 + pg_temp.pick(u.id, 28, 7)::integer),
       u.id,
       pg_temp.moment(u.id, 29, 30)
from public.users u
where u.active
  and pg_temp.pick(u.id, 30, 4) = 0;
