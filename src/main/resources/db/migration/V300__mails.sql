-- One row per letter. To whom it goes and what it says is sealed, and erased when it was sent or given up.
create table mails (
    id              text   not null primary key,
    kind            text   not null,
    state           text   not null,
    sealed          bytea,
    attempts        bigint not null,
    outcome         text,
    created_at      bigint not null,
    next_attempt_at bigint,
    ended_at        bigint
);

create index mails_latest on mails (created_at, id);

create index mails_by_state on mails (state, created_at, id);

create index mails_ended on mails (ended_at) where ended_at is not null;
