-- The key is stored as its SHA-256: what a client puts into one is not ours to keep.
create table idempotency_keys (
    organization text not null,
    surface text not null,
    key_hash text not null,
    fingerprint bytea not null,
    state text not null check (state in ('running', 'done')),
    created text,
    expires_at bigint not null,
    primary key (organization, surface, key_hash),
    check ((state = 'done') = (created is not null))
);

create index idempotency_keys_expiry on idempotency_keys (expires_at);
