-- Per user: 5 memberships, 2 OAuth tokens, 1 device token, half an auto-login token, 0.2 membership requests, 1 SCORM
-- certificate; for one user in ten, retained rows; one user in fifty is a community admin.
insert into public.users (id, username, email, first_name, last_name, created_at)
select id, 'user-' || id, 'user-' || id || '@example.com', 'First ' || id, 'Last ' || id, timestamptz '2025-01-01 00:00:00+00'
from generate_series(1, world.users()) id;

insert into public.communities (id, name, is_global)
select id, 'Community ' || id, id = 1 from generate_series(1, world.communities()) id;

insert into public.courses (id, community_id, title, format)
select id, id, 'Course ' || id, 'scorm' from generate_series(1, world.communities()) id;

insert into public.community_admins (community_id, user_id)
select 1 + id % world.communities(), id
from generate_series(1, world.users()) id
where world.draw(id, 1) % 50 = 0;

insert into public.community_memberships (community_id, user_id)
select case nth when 0 then 1 else 2 + (world.draw(id, 2) + nth * 61) % (world.communities() - 1) end, id
from generate_series(1, world.users()) id
cross join generate_series(0, 4) nth;

insert into public.oauth_tokens (user_id, token_hash, expires_at)
select id, sha256(int8send(id * 2 + nth)), timestamptz '2027-01-01 00:00:00+00'
from generate_series(1, world.users()) id
cross join generate_series(0, 1) nth;

insert into public.device_tokens (user_id, token_hash, platform)
select id, sha256(int8send(-id)), 'android'
from generate_series(1, world.users()) id;

insert into public.auto_login_tokens (user_id, token_hash)
select id, sha256(int8send(-id))
from generate_series(1, world.users()) id
where world.draw(id, 6) % 2 = 0;

insert into public.membership_requests (community_id, user_id)
select 2 + world.draw(id, 8) % (world.communities() - 1), id
from generate_series(1, world.users()) id
where world.draw(id, 9) % 5 = 0;

insert into public.course_completions (course_id, user_id)
select 1 + world.draw(id, 11) % world.communities(), id
from generate_series(1, world.users()) id;

insert into public.certificates (course_id, user_id)
select course_id, user_id from public.course_completions;

do $$
declare
    retained text;
begin
    foreach retained in array array['content_views', 'profile_views', 'assessment_results', 'assignments',
        'community_settings', 'activities', 'favourites', 'profile_favourites', 'user_group_memberships',
        'content_signatures', 'admin_group_memberships', 'public_activities']
    loop
        execute format(
            'insert into public.%I (user_id) select id from generate_series(1, world.users()) id where id %% 10 = 0',
            retained);
    end loop;
end $$;

insert into public.notifications (user_id, channel, body)
select id, 'push', 'You have a new assignment' from generate_series(1, world.users()) id where id % 10 = 0;
