-- The job's own record of its runs: input rows, the users they name, outcomes, chunks. Rows are written once and
-- never updated, but for the run itself. The three tables of a row each have no foreign key to their run: a check a row
-- would cost more than staging it, and a run's rows are only ever removed before the run.

create table fuse_batch.runs (
    id                bigint generated always as identity primary key,
    command           text not null,
    dry_run           boolean not null,
    -- SHA-256 of the command, the input's content and the options that bear on outcomes: what a resume goes by.
    run_key           bytea not null check (length(run_key) = 32),
    input_name        text not null,
    input_digest      bytea not null check (length(input_digest) = 32),
    input_format      text,
    job_instance_id   bigint unique references fuse_batch.batch_job_instance,
    row_count         bigint check (row_count >= 0),
    started_at        timestamptz not null,
    stop_requested_at timestamptz,
    ended_at          timestamptz,
    exit_code         integer,
    constraint runs_ended_with_exit_code check ((ended_at is null) = (exit_code is null)),
    constraint runs_ended_after_start check (ended_at >= started_at)
);
create unique index runs_one_open on fuse_batch.runs (run_key) where ended_at is null;
create index runs_key on fuse_batch.runs (run_key);

create table fuse_batch.run_rows (
    run_id  bigint not null,
    line    bigint not null check (line >= 1),
    input   text not null,
    -- The user named, where the input names users by ID; whether there is such a user is found out later.
    user_id bigint check (user_id >= 1),
    -- Why the row names nobody; null where it does.
    problem text,
    primary key (run_id, line),
    constraint run_rows_name_or_problem check (problem is null or user_id is null)
);

-- The work list: every user whom the input names, once, by the first line that does.
create table fuse_batch.run_users (
    run_id  bigint not null,
    user_id bigint not null,
    line    bigint not null,
    primary key (run_id, user_id)
);

create table fuse_batch.run_outcomes (
    run_id                bigint not null,
    line                  bigint not null,
    user_id               bigint,
    outcome               text not null check (outcome in (
        'DEACTIVATED', 'REACTIVATED', 'REISSUED', 'ALREADY_INACTIVE', 'ALREADY_ACTIVE', 'COMMUNITY_ADMIN',
        'NOT_FOUND', 'DUPLICATE', 'MALFORMED', 'INVALID_SUCCESSOR', 'PERSONAL_DATA_REMOVED', 'INACTIVE', 'FAILED')),
    community_ids         bigint[],
    message               text,
    decided_at            timestamptz not null,
    removed_community_ids bigint[],
    primary key (run_id, line),
    constraint run_outcomes_admin_names_communities check (outcome <> 'COMMUNITY_ADMIN' or cardinality(community_ids) > 0)
);

-- One row a committed chunk: how many users it decided on, what it deleted, step by step, and when.
create table fuse_batch.run_chunks (
    run_id       bigint not null references fuse_batch.runs,
    id           bigint generated always as identity,
    committed_at timestamptz not null,
    user_count   integer not null,
    row_counts   json not null,
    primary key (run_id, id)
);
