-- The files that a job had fetched: kept as assets of kind 'input' until it ends, by the parameter that named each.
create table job_inputs (
    job text not null,
    field text not null,
    asset text not null,
    primary key (job, field)
);
