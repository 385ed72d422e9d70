-- Who may call: organizations and their API keys. Of a key only the SHA-256 of its full text is kept.

create table organizations (
    id text primary key,
    name text not null,
    operator smallint not null check (operator in (0, 1)),
    created_at bigint not null
);

create table api_keys (
    id text primary key,
    organization text not null references organizations (id),
    name text not null,
    environment text not null check (environment in ('live', 'test')),
    hash bytea not null,
    last_four text not null,
    state text not null check (state in ('active', 'revoked')),
    created_at bigint not null,
    revoked_at bigint
);

create index api_keys_by_organization on api_keys (organization, created_at);
