-- Spring Batch 6.0's metadata tables, with indexes that its own script does not have.

create sequence fuse_batch.batch_job_instance_seq;
create sequence fuse_batch.batch_job_execution_seq;
create sequence fuse_batch.batch_step_execution_seq;

create table fuse_batch.batch_job_instance (
    job_instance_id bigint primary key,
    version         bigint,
    job_name        varchar(100) not null,
    job_key         varchar(32) not null,
    unique (job_name, job_key)
);

create table fuse_batch.batch_job_execution (
    job_execution_id bigint primary key,
    version          bigint,
    job_instance_id  bigint not null references fuse_batch.batch_job_instance,
    create_time      timestamp not null,
    start_time       timestamp,
    end_time         timestamp,
    status           varchar(10),
    exit_code        varchar(2500),
    exit_message     varchar(2500),
    last_updated     timestamp
);
create index batch_job_execution_instance on fuse_batch.batch_job_execution (job_instance_id);
-- If two processes start the same run at once, the second one's insert fails.
create unique index batch_job_execution_one_running on fuse_batch.batch_job_execution (job_instance_id)
    where status in ('STARTING', 'STARTED', 'STOPPING');

create table fuse_batch.batch_job_execution_params (
    job_execution_id bigint not null references fuse_batch.batch_job_execution,
    parameter_name   varchar(100) not null,
    parameter_type   varchar(100) not null,
    -- Spring Batch's own script has varchar(2500), but the name of an input is a path, which can be longer.
    parameter_value  text,
    identifying      char(1) not null
);
create index batch_job_execution_params_execution on fuse_batch.batch_job_execution_params (job_execution_id);

create table fuse_batch.batch_step_execution (
    step_execution_id  bigint primary key,
    version            bigint not null,
    step_name          varchar(100) not null,
    job_execution_id   bigint not null references fuse_batch.batch_job_execution,
    create_time        timestamp not null,
    start_time         timestamp,
    end_time           timestamp,
    status             varchar(10),
    commit_count       bigint,
    read_count         bigint,
    filter_count       bigint,
    write_count        bigint,
    read_skip_count    bigint,
    write_skip_count   bigint,
    process_skip_count bigint,
    rollback_count     bigint,
    exit_code          varchar(2500),
    exit_message       varchar(2500),
    last_updated       timestamp
);
create index batch_step_execution_execution on fuse_batch.batch_step_execution (job_execution_id);

create table fuse_batch.batch_step_execution_context (
    step_execution_id  bigint primary key references fuse_batch.batch_step_execution,
    short_context      varchar(2500) not null,
    serialized_context text
);

create table fuse_batch.batch_job_execution_context (
    job_execution_id   bigint primary key references fuse_batch.batch_job_execution,
    short_context      varchar(2500) not null,
    serialized_context text
);

-- The partitions of an attempt that no process has taken yet: the queue of Spring Integration's JDBC channel message
-- store, with requests as JSON. A region is a run, a group an attempt.
create sequence fuse_batch.int_message_seq;
create table fuse_batch.int_channel_message (
    message_id       char(36) not null,
    group_key        char(36) not null,
    created_date     bigint not null,
    message_priority bigint,
    message_sequence bigint not null default nextval('fuse_batch.int_message_seq'),
    message_content  jsonb,
    region           varchar(100) not null,
    primary key (region, group_key, created_date, message_sequence)
);
