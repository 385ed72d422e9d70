-- One row per LoRA: weights trained by the job of the same id. What its owner says about its subject is sealed.
create table loras (
    id text not null primary key,
    organization text not null,
    state text not null check (state in ('training', 'ready', 'failed')),
    archived smallint not null check (archived in (0, 1)),
    subject bytea not null,
    images bigint not null,
    steps bigint not null,
    lora_rank bigint not null,
    weights text,
    created_at bigint not null,
    started_at bigint,
    ended_at bigint
);

create index loras_newest on loras (organization, created_at, id);
create index loras_training on loras (organization) where state = 'training';
