-- One row per accepted media request. 'sealed' holds its parameters and its webhook, and is null once the job has ended.
create table jobs (
    id text not null primary key,
    organization text not null,
    key_id text not null,
    environment text not null,
    dialect text not null,
    model text not null,
    modality text not null,
    state text not null,
    progress bigint not null,
    created_at bigint not null,
    started_at bigint,
    finished_at bigint,
    expires_at bigint,
    deleted_at bigint,
    retention_ms bigint not null,
    hold bigint not null,
    charge bigint,
    price_version text not null,
    problem text,
    problem_detail text,
    -- where it runs: the route, which submission of the job this is, whether it may have been sent, and what came back
    provider text not null,
    upstream_model text not null,
    submission bigint not null,
    intent smallint not null,
    upstream_id text,
    -- claims that ended in good order and so do not count against the job
    excused bigint not null,
    -- an upstream may bill what the customer is not charged for
    exposed smallint not null,
    sealed bytea
);

create index jobs_newest on jobs (organization, created_at, id);
create index jobs_finished on jobs (finished_at) where finished_at is not null;

-- The history of a job: every state that it was in, in order.
create table job_events (
    job text not null,
    number bigint not null,
    state text not null,
    at bigint not null,
    primary key (job, number)
);

create table job_outputs (
    job text not null,
    position bigint not null,
    asset text not null,
    file_name text not null,
    content_type text not null,
    bytes bigint not null,
    sha256 text not null,
    facts text not null,
    primary key (job, position)
);

-- How long jobs of a model run: counts by length class, learnt from real runs.
create table model_pace (
    model text not null,
    length bigint not null,
    runs bigint not null,
    primary key (model, length)
);
