-- One row per organization that ever had a job: how many of its jobs are queued or running.
create table job_slots (
    organization text not null primary key,
    open_jobs bigint not null check (open_jobs >= 0)
);
