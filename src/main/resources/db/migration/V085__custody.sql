-- What was erased is remembered without its bytes: when, and whether its time was over or its owner asked ('retention', 'request').
alter table assets add column erased_at bigint;
alter table assets add column erased text;
create index assets_erased on assets (erased_at) where state = 'gone';
create index assets_organization on assets (organization, id) where state = 'stored';

alter table job_outputs add column erased_at bigint;

-- How long the outputs of an organization are kept, where a request does not say it.
create table retentions (
    organization text not null primary key,
    kept_ms bigint not null
);

-- Everything of an organization that existed at a moment is to be erased; the row goes when it is.
create table erasures (
    organization text not null primary key,
    asked_at bigint not null
);
