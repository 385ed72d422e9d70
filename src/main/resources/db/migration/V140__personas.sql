-- One row per persona: someone or something learnt from pictures by the job of the same id. The name is sealed.
create table personas (
    id text not null primary key,
    organization text not null,
    name bytea not null,
    state text not null,
    sheet text,
    created_at bigint not null
);

create index personas_list on personas (organization, created_at, id);
