-- A platform of its own: the tables of the contract, with names, keys and extras that the reference schema does not have.

create table users (
    locale text not null default 'en',
    id bigint,
    username text not null,
    email text,
    first_name text,
    last_name text,
    active boolean not null,
    deactivated_at timestamptz,
    created_at timestamptz not null,
    personal_data_removed_at timestamptz,
    password_hash bytea not null,
    constraint accounts primary key (id)
);
create unique index one_name on users (username);
create unique index one_address on users (email);

create table communities (id bigint primary key, name text not null, is_global boolean not null, colour text);

-- The community comes first, so neither key helps to find the rows of a user.
create table community_admins (
    community_id bigint not null references communities,
    user_id bigint not null references users,
    granted_at timestamptz not null,
    primary key (community_id, user_id)
);
create table community_memberships (
    community_id bigint not null references communities,
    user_id bigint not null references users,
    joined_at timestamptz not null,
    source text not null default 'unknown',
    primary key (community_id, user_id)
);
create index on community_memberships (user_id, joined_at);

create table membership_requests (
    id bigint generated always as identity, community_id bigint not null, user_id bigint not null,
    requested_at timestamptz not null);
create table auto_login_tokens (
    id bigint generated always as identity, user_id bigint not null, token_hash bytea not null,
    created_at timestamptz not null);
create table device_tokens (
    id bigint generated always as identity, user_id bigint not null, token_hash bytea not null, platform text,
    created_at timestamptz not null);
create table oauth_tokens (
    id bigint generated always as identity, user_id bigint not null, token_hash bytea not null,
    created_at timestamptz not null, expires_at timestamptz);
create index on membership_requests (user_id);
create index on auto_login_tokens (user_id);
create index on device_tokens (user_id);
create index on oauth_tokens (user_id) where expires_at is not null;

create table courses (id bigint primary key, community_id bigint not null, title text, format text not null);
create table course_completions (
    course_id bigint not null references courses, user_id bigint not null references users,
    completed_at timestamptz not null, primary key (user_id, course_id));
create table certificates (
    id bigserial primary key, course_id bigint not null, user_id bigint not null, issued_at timestamptz not null,
    unique (user_id, course_id));
create table notifications (
    id bigint generated always as identity, user_id bigint not null, channel text not null, body text,
    created_at timestamptz not null, sent_at timestamptz);

create table content_views (
    id bigint generated always as identity, user_id bigint not null, content_id bigint, viewed_at timestamptz not null);
create table profile_views (
    id bigint generated always as identity, user_id bigint not null, profile_user_id bigint, viewed_at timestamptz not null);
create table assessment_results (
    id bigint generated always as identity, user_id bigint not null, assessment_id bigint, score numeric(5, 2), taken_at timestamptz not null);
create table assignments (
    id bigint generated always as identity, user_id bigint not null, course_id bigint, due_on date);
create table community_settings (
    id bigint generated always as identity, user_id bigint not null, community_id bigint, may_upload boolean not null);
create table activities (
    id bigint generated always as identity, user_id bigint not null, verb text, happened_at timestamptz not null);
create table favourites (
    id bigint generated always as identity, user_id bigint not null, content_id bigint, created_at timestamptz not null);
create table profile_favourites (
    id bigint generated always as identity, user_id bigint not null, profile_user_id bigint, created_at timestamptz not null);
create table user_group_memberships (
    id bigint generated always as identity, user_id bigint not null, user_group_id bigint, joined_at timestamptz not null);
create table content_signatures (
    id bigint generated always as identity, user_id bigint not null, content_id bigint, signed_at timestamptz not null);
create table admin_group_memberships (
    id bigint generated always as identity, user_id bigint not null, admin_group_id bigint, joined_at timestamptz not null);
create table public_activities (
    id bigint generated always as identity, user_id bigint not null, verb text, happened_at timestamptz not null);

create view sign_in_accounts as select id, username, email, locale from users where active;
create view deliverable_notifications as
select n.id, n.user_id, n.channel, n.body, n.created_at
from notifications n join users u on u.id = n.user_id
where u.active and n.sent_at is null;

create table invoices (id bigint primary key, user_id bigint references users);
create function audit() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger audit after update on users for each statement execute function audit();

insert into communities (id, name, is_global) values (1, 'Everyone', true), (2, 'Sales', false);
insert into users (id, username, email, active, deactivated_at, created_at, password_hash)
values (1, 'anna', 'anna@example.org', true, null, now(), 'x'), (2, 'bela', null, true, null, now(), 'x'),
       (3, 'chen', null, false, now(), now(), 'x');
insert into community_memberships (community_id, user_id, joined_at) values (1, 1, now()), (2, 1, now()), (1, 2, now());
insert into courses (id, community_id, format) values (10, 1, 'scorm');
insert into course_completions (course_id, user_id, completed_at) values (10, 1, now());
insert into certificates (course_id, user_id, issued_at) values (10, 1, now());
insert into oauth_tokens (user_id, token_hash, created_at) values (1, 'x', now()), (2, 'x', now());
