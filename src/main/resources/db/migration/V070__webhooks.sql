-- One row per event that is to be delivered. Its address and body are sealed, and erased when it has ended.
create table webhook_deliveries (
    event            text   not null primary key,
    organization     text   not null,
    policy           text   not null,
    state            text   not null,
    sealed_target    bytea,
    sealed_body      bytea,
    attempts         bigint not null,
    last_outcome     text,
    created_at       bigint not null,
    first_attempt_at bigint,
    next_attempt_at  bigint,
    ended_at         bigint
);

create index webhook_deliveries_ended on webhook_deliveries (ended_at, event) where ended_at is not null;

-- One row per attempt: what came of it and how long it took, and nothing of what was sent or answered.
create table webhook_attempts (
    event      text   not null,
    number     bigint not null,
    at         bigint not null,
    outcome    text   not null,
    latency_ms bigint not null,
    primary key (event, number)
);
