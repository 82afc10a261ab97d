-- Completions of the courses of the global community.
insert into public.course_completions (course_id, user_id, completed_at)
select nth, u.id, pg_temp.moment(u.id * 4 + nth, 60, 180)
from public.users u
cross join generate_series(1, 4) nth
where pg_temp.pick(u.id * 4 + nth, 61, 10) < (array[7, 3, 2, 1])[nth];

-- Completions of one course in each of up to three other communities. Users with fewer memberships have left since.
insert into public.course_completions (course_id, user_id, completed_at)
select (pg_temp.community_of(u.id, nth) - 1) * 4 + 1 + pg_temp.pick(u.id * 4 + nth, 62, 4),
       u.id,
       pg_temp.moment(u.id * 4 + nth, 63, 180)
from public.users u
cross join lateral generate_series(0, pg_temp.pick(u.id, 64, 4)::integer - 1) nth;

-- Some completions have no certificate yet. Inactive users have no certificates of SCORM courses any more.
insert into public.certificates (course_id, user_id, issued_at)
select c.course_id, c.user_id, c.completed_at
from public.course_completions c
join public.courses on courses.id = c.course_id
join public.users on users.id = c.user_id
where (users.active or courses.format <> 'scorm')
  and pg_temp.pick(c.user_id * 1000003 + c.course_id, 65, 10) < 8
order by c.user_id, c.course_id;
