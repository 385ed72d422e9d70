-- active_jobs counts the open jobs that may run or do; the other open ones are parked. Null limits are the installation's.
alter table job_slots add column active_jobs bigint not null default 0;
alter table job_slots add column plan text;
alter table job_slots add column max_open bigint;
alter table job_slots add column max_running bigint;
update job_slots set active_jobs = open_jobs;

-- One row per key that has a limit of its own on its open jobs.
create table key_job_slots (
    key_id    text   not null primary key,
    open_jobs bigint not null check (open_jobs >= 0),
    max_open  bigint not null
);
