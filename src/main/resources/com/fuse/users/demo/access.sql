insert into public.oauth_tokens (user_id, token_hash, created_at, expires_at)
select u.id, sha256(int8send(u.id * 4 + nth)), pg_temp.moment(u.id, 40, 60),
       pg_temp.moment(u.id, 40, 60) + interval '2160 hours'
from public.users u
cross join lateral generate_series(0, pg_temp.pick(u.id, 41, 3)) nth
where u.active;

insert into public.device_tokens (user_id, token_hash, platform, created_at)
select u.id, sha256(int8send(-u.id * 4 - nth)), (array['ios', 'android'])[1 + pg_temp.pick(u.id, 42, 2)],
       pg_temp.moment(u.id, 43, 120)
from public.users u
cross join lateral generate_series(1, pg_temp.pick(u.id, 44, 3)) nth
where u.active;

insert into public.auto_login_tokens (user_id, token_hash, created_at)
select u.id, sha256(int8send(u.id * 4 + 3)), pg_temp.moment(u.id, 45, 7)
from public.users u
where u.active
  and pg_temp.pick(u.id, 46, 2) = 0;

insert into public.notifications (user_id, channel, body, created_at, sent_at)
select u.id,
       (array['push', 'email'])[1 + pg_temp.pick(u.id * 4 + nth, 47, 2)],
       'You have a new assignment',
       pg_temp.moment(u.id * 4 + nth, 48, 90) - interval '1 hour',
       case when pg_temp.pick(u.id * 4 + nth, 49, 10) < 7 then pg_temp.moment(u.id * 4 + nth, 48, 90) end
from public.users u
cross join lateral generate_series(1, pg_temp.pick(u.id, 50, 4)) nth;
