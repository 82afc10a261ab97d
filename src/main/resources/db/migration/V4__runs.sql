-- The job's record of its runs: input rows, the users that they name, outcomes, chunks. Only the table runs is updated;
-- rows of the other tables are written once. run_rows, run_users and run_outcomes have no foreign key to their run: its
-- check would cost more than staging the row, and a purge removes a run after its rows.

create table fuse_batch.runs (
    id                  bigint generated always as identity primary key,
    command             text not null,
    -- SHA-256 of the command, the input's content and the options that change outcomes. A resume finds its run by it.
    run_key             bytea not null check (length(run_key) = 32),

    -- The input: a file, standard input, the users of --user, or the run that an undo undoes.
    input_kind          text not null
                            check (input_kind in ('file', 'standard_input', 'users', 'run')),
    input_name          text not null,
    input_digest        bytea not null check (length(input_digest) = 32),

    -- The options.
    dry_run             boolean not null,
    identifying_column  text,
    no_header           boolean not null default false,
    -- The kind of identifiers in the identifying column; null to detect it.
    identifier          text check (identifier in ('user_id', 'username', 'email')),
    plan_run_id         bigint references fuse_batch.runs,
    transfer_admin_to   bigint,
    undone_run_id       bigint references fuse_batch.runs,
    with_memberships    boolean not null default false,

    -- Why the run is made, such as a ticket, in the operator's words.
    reason              text check (reason <> ''),

    -- When the newest migration was applied, as the migration history has it: a local time, without a zone. A plan is
    -- valid until the next migration.
    schema_installed_on timestamp,

    -- The community of which every active user is a member, at the time; null if there is none.
    global_community_id bigint,

    -- Found by the staging step.
    input_format        text,
    -- What an operator should know about the content, a sentence each.
    input_notes         text[] not null default '{}',
    -- The kinds of identifiers by which a row may name its user; the first that has a value decides. Empty until the
    -- input is staged.
    identified_by       text[] not null default '{}' check (identified_by <@ array['user_id', 'username', 'email']),
    -- Whether a row may state whether its user is to be active.
    states_active       boolean not null default false,
    row_count           bigint check (row_count >= 0),
    -- Whether an admin in the input may have a successor.
    names_successors    boolean not null default false,

    -- The course of the run.
    job_instance_id     bigint unique references fuse_batch.batch_job_instance,
    started_at          timestamptz not null,
    -- Where the latest attempt works, as its process reaches the database.
    database_host       text not null default coalesce(host(inet_server_addr()), 'localhost'),
    database_port       integer not null default coalesce(inet_server_port(), 5432),
    database_name       text not null default current_database(),
    database_login      text not null default session_user,
    stop_requested_at   timestamptz,
    -- An operator wants the run to wait, until another request removes the time.
    pause_requested_at  timestamptz,
    ended_at            timestamptz,
    exit_code           integer,
    -- Counted when the run completes; null in every other run.
    changed_users       bigint,
    skipped_rows        bigint,
    -- Whether an undo ended the run half-way. The exit code then tells only a stop from a failure.
    abandoned           boolean not null default false,
    -- From this time on, the run's records may be incomplete, and nothing may rely on them.
    purge_started_at    timestamptz,
    constraint runs_ended_with_exit_code check ((ended_at is null) = (exit_code is null)),
    constraint runs_abandoned_have_ended check (ended_at is not null or not abandoned),
    constraint runs_ended_after_start check (ended_at >= started_at)
);
create unique index runs_one_open on fuse_batch.runs (run_key) where ended_at is null;
create index runs_key on fuse_batch.runs (run_key);
create index runs_input on fuse_batch.runs (command, input_digest);
create index runs_plan on fuse_batch.runs (plan_run_id) where plan_run_id is not null;
create index runs_undone on fuse_batch.runs (undone_run_id) where undone_run_id is not null;

-- Who made each attempt at a run. Its job execution tells when; the process that dies leaves no error.
create table fuse_batch.attempts (
    job_execution_id bigint primary key references fuse_batch.batch_job_execution on delete cascade,
    -- The account of the operating system, and the host or pod.
    account          text not null,
    host             text not null,
    -- The version of the program.
    version          text not null,
    -- The server process that holds the run's lock for this attempt. The transactions of helpers are tied to it.
    lock_pid         integer not null,
    -- The login of the session that recorded the attempt. The job's role cannot set it.
    login            text not null default session_user,
    -- Why the attempt was refused or failed.
    error            text
);

-- Which processes helped with each attempt. One that helped with several attempts has a row for each.
create table fuse_batch.helpers (
    id               bigint generated always as identity primary key,
    job_execution_id bigint not null references fuse_batch.batch_job_execution on delete cascade,
    account          text not null,
    host             text not null,
    login            text not null default session_user,
    joined_at        timestamptz not null default clock_timestamp()
);
create index helpers_execution on fuse_batch.helpers (job_execution_id);

-- The guard judges the sum of what a command changes in all its inputs. A command that was stopped, failed, was killed or
-- was refused stays open: the same command on the same arguments continues it, and its sum.
create table fuse_batch.commands (
    id          bigint generated always as identity primary key,
    -- SHA-256 of the command, its arguments and the options that change outcomes.
    command_key bytea not null check (length(command_key) = 32),
    started_at  timestamptz not null,
    ended_at    timestamptz,
    constraint commands_ended_after_start check (ended_at >= started_at)
);
create unique index commands_one_open on fuse_batch.commands (command_key) where ended_at is null;

-- The runs that a command opened. A run that several commands worked on counts for each of them.
create table fuse_batch.command_runs (
    command_id bigint not null references fuse_batch.commands on delete cascade,
    run_id     bigint not null references fuse_batch.runs on delete cascade,
    opened_at  timestamptz not null,
    primary key (command_id, run_id)
);
create index command_runs_run on fuse_batch.command_runs (run_id);

-- The trace of a purged run. It says whose records are gone, since when and by whom, and keeps a completed file of a folder
-- completed.
create table fuse_batch.purged_runs (
    run_id       bigint primary key,
    command      text not null,
    dry_run      boolean not null,
    input_digest bytea not null check (length(input_digest) = 32),
    ended_at     timestamptz not null,
    exit_code    integer not null,
    abandoned    boolean not null,
    purged_at    timestamptz not null,
    -- The login of the session that removed the run, and the address of its machine. The job's role cannot set them.
    purged_by    text not null default session_user,
    purged_from  inet default inet_client_addr()
);
create index purged_runs_input on fuse_batch.purged_runs (command, input_digest);

create table fuse_batch.run_rows (
    run_id    bigint not null,
    line      bigint not null check (line >= 1),
    input     text not null,
    -- The user ID in the row. A user with this ID may or may not exist.
    user_id   bigint check (user_id >= 1),
    -- The other identifiers in the row, if the input has several identifying columns.
    username  text,
    email     text,
    -- Whether the row states that the user is to be active.
    active    boolean,
    -- As written in the row; in a malformed row it need not be a user ID.
    successor text,
    -- The input with its invisible characters as codes; null if it has none.
    shown     text,
    -- The row is malformed if one of these usernames exists: a stray quote has swallowed their lines.
    swallowed text[],
    -- Why the row is malformed; null if it is not.
    problem   text,
    primary key (run_id, line)
);

-- The work list: each user whom the input names, once, with the first line that names the user.
create table fuse_batch.run_users (
    run_id       bigint not null,
    user_id      bigint not null,
    line         bigint not null,
    -- The user who takes over this user's admin roles; null if there is none.
    successor_id bigint,
    primary key (run_id, user_id)
);

create table fuse_batch.run_outcomes (
    run_id                bigint not null,
    line                  bigint not null,
    user_id               bigint,
    outcome               text not null check (outcome in (
        'DEACTIVATED', 'REACTIVATED', 'REISSUED', 'ALREADY_INACTIVE', 'ALREADY_ACTIVE', 'COMMUNITY_ADMIN',
        'NOT_FOUND', 'DUPLICATE', 'MALFORMED', 'MISMATCH', 'INVALID_SUCCESSOR', 'PERSONAL_DATA_REMOVED', 'INACTIVE', 'FAILED')),
    -- The communities of which the user is admin.
    community_ids         bigint[],
    message               text,
    decided_at            timestamptz not null,
    removed_community_ids bigint[],
    removed_course_ids    bigint[],
    added_community_ids   bigint[],
    added_course_ids      bigint[],
    primary key (run_id, line),
    constraint run_outcomes_admin_names_communities
        check (outcome <> 'COMMUNITY_ADMIN' or cardinality(community_ids) > 0)
);

-- How the run waited between two chunks. The last check tells how long, so that a wait of a process that died ends too.
create table fuse_batch.waits (
    run_id          bigint not null references fuse_batch.runs,
    id              bigint generated always as identity,
    -- The attempt that waited, counted from 1.
    attempt         integer not null check (attempt >= 1),
    reason          text not null
                        check (reason in ('paused', 'blocked', 'archive_backlog', 'replica_lag', 'query', 'check_failed')),
    began_at        timestamptz not null default clock_timestamp(),
    last_checked_at timestamptz not null default clock_timestamp(),
    primary key (run_id, id),
    constraint waits_last_checked_after_began check (last_checked_at >= began_at)
);

-- One row per committed chunk.
create table fuse_batch.run_chunks (
    run_id       bigint not null references fuse_batch.runs,
    id           bigint generated always as identity,
    -- The attempt that committed the chunk, counted from 1.
    attempt      integer not null check (attempt >= 1),
    committed_at timestamptz not null,
    -- How many users the chunk decided.
    user_count   integer not null,
    -- How many rows the chunk deleted and added, by table.
    deleted_rows json not null,
    added_rows   json not null default '{}',
    primary key (run_id, id)
);
