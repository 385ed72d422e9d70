-- Codes that give a grant to whoever redeems them, once for each organization. Of a code only its SHA-256 is kept.
create table codes (
    id text primary key,
    hash bytea not null,
    amount bigint not null check (amount > 0),
    uses_max bigint not null check (uses_max > 0),
    used bigint not null default 0 check (used >= 0 and used <= uses_max),
    redeem_until bigint not null,
    lasts bigint not null check (lasts > 0),
    ended smallint not null default 0,
    created_at bigint not null
);
create unique index codes_by_hash on codes (hash);
create index codes_by_time on codes (created_at);

create table code_uses (
    code text not null,
    organization text not null,
    at bigint not null,
    primary key (code, organization)
) ${clustered};

-- How often an organization tried to redeem something in the hour that it tried last.
create table code_tries (
    organization text primary key,
    hour bigint not null,
    tries bigint not null
) ${clustered};
