-- How many entries the Higgsfield dialect's v1 shows for a job; the outputs tell only once there are any.
create table job_sets (
    job text not null primary key,
    size bigint not null,
    created_at bigint not null
);

create index job_sets_age on job_sets (created_at);
