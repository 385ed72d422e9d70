-- Who may call: organizations and their API keys. Of a key only the SHA-256 of its full text is kept.

create table organizations (
    id text primary key,
    name text not null,
    operator smallint not null check (operator in (0, 1)),
    created_at bigint not null
);

-- One organization runs the installation, however many nodes set it up at the same moment.
create unique index organizations_one_operator on organizations (operator) where operator = 1;

-- What is true of the installation as a whole, by name.
create table installation (
    name text primary key,
    value text not null
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
