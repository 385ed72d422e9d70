-- Binding quotes. What was asked for stays with the caller; what it may cost at most stands here.
create table quotes (
    id text primary key,
    organization text not null,
    key_id text not null,
    model text not null,
    price_version text not null,
    max bigint not null check (max >= 0),
    expected bigint not null check (expected >= 0 and expected <= max),
    expires_at bigint not null,
    used_by text
);

create index quotes_expiry on quotes (expires_at);
