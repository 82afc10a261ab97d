-- A deactivation keeps these rows, so inactive users have them too.

insert into public.content_views (user_id, content_id, viewed_at)
select u.id, 1 + pg_temp.pick(u.id * 4 + nth, 80, 10000), pg_temp.moment(u.id * 4 + nth, 81, 180)
from public.users u
cross join lateral generate_series(1, pg_temp.pick(u.id, 82, 4)) nth;

insert into public.profile_views (user_id, profile_user_id, viewed_at)
select u.id, 1 + pg_temp.pick(u.id, 83, pg_temp.users()), pg_temp.moment(u.id, 84, 180)
from public.users u
where pg_temp.pick(u.id, 85, 2) = 0;

insert into public.assessment_results (user_id, assessment_id, score, taken_at)
select u.id, 1 + pg_temp.pick(u.id, 86, 500), pg_temp.pick(u.id, 87, 10001) / 100.0, pg_temp.moment(u.id, 88, 180)
from public.users u
where pg_temp.pick(u.id, 89, 2) = 0;

insert into public.assignments (user_id, course_id, due_on)
select u.id, 1 + pg_temp.pick(u.id, 90, pg_temp.communities() * 4),
       date '2026-01-01' + pg_temp.pick(u.id, 91, 90)::integer
from public.users u
where pg_temp.pick(u.id, 92, 2) = 0;

insert into public.community_settings (user_id, community_id, may_upload)
select u.id, pg_temp.community_of(u.id, 0), pg_temp.pick(u.id, 93, 4) > 0
from public.users u
where pg_temp.pick(u.id, 94, 4) = 0;

insert into public.activities (user_id, verb, happened_at)
select u.id, (array['commented', 'shared', 'answered', 'rated'])[1 + pg_temp.pick(u.id * 4 + nth, 95, 4)],
       pg_temp.moment(u.id * 4 + nth, 96, 180)
from public.users u
cross join lateral generate_series(1, pg_temp.pick(u.id, 97, 3)) nth;

insert into public.favourites (user_id, content_id, created_at)
select u.id, 1 + pg_temp.pick(u.id, 98, 10000), pg_temp.moment(u.id, 99, 180)
from public.users u
where pg_temp.pick(u.id, 100, 3) = 0;

insert into public.profile_favourites (user_id, profile_user_id, created_at)
select u.id, 1 + pg_temp.pick(u.id, 101, pg_temp.users()), pg_temp.moment(u.id, 102, 180)
from public.users u
where pg_temp.pick(u.id, 103, 5) = 0;

insert into public.user_group_memberships (user_id, user_group_id, joined_at)
select u.id, 1 + pg_temp.pick(u.id, 104, 40), pg_temp.moment(u.id, 105, 180)
from public.users u
where pg_temp.pick(u.id, 106, 4) > 0;

insert into public.content_signatures (user_id, content_id, signed_at)
select u.id, 1 + pg_temp.pick(u.id, 107, 200), pg_temp.moment(u.id, 108, 180)
from public.users u
where pg_temp.pick(u.id, 109, 3) = 0;

insert into public.admin_group_memberships (user_id, admin_group_id, joined_at)
select u.id, 1 + pg_temp.pick(u.id, 110, 5), pg_temp.moment(u.id, 111, 180)
from public.users u
where pg_temp.pick(u.id, 112, 20) = 0;

insert into public.public_activities (user_id, verb, happened_at)
select u.id, (array['posted', 'liked', 'joined'])[1 + pg_temp.pick(u.id, 113, 3)], pg_temp.moment(u.id, 114, 180)
from public.users u
where pg_temp.pick(u.id, 115, 2) = 0;
