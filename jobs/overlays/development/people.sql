-- Made-up people for the development database, among them those of input/users.csv: 5,000 users, each in the global
-- community and in two others. User 605 is the admin of community 2, and is therefore skipped.
insert into communities (id, name, is_global)
select n, case n when 1 then 'Everybody' else 'Community ' || n end, n = 1
from generate_series(1, 100) n;

insert into users (id, username, email, first_name, last_name)
select n, 'user' || n, 'user' || n || '@example.org', 'User', n::text
from generate_series(1, 5000) n;

insert into community_memberships (community_id, user_id)
select 1, n from generate_series(1, 5000) n
union all
select 2 + (n + shift) % 99, n from generate_series(1, 5000) n, generate_series(0, 1) shift;

insert into community_admins (community_id, user_id) values (2, 605);
