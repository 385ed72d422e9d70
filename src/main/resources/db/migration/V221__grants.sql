-- How far an organization may spend before it pays: what credit and reduce have moved. credit_changes numbers their transfers.
alter table wallets add column credit bigint not null default 0 check (credit >= 0);
alter table wallets add column credit_changes bigint not null default 0;

-- Money given for a time. amount = unspent + held + expired + charged of its parts, less what was refunded to them.
create table grants (
    id text primary key,
    organization text not null,
    amount bigint not null check (amount > 0),
    unspent bigint not null check (unspent >= 0),
    held bigint not null default 0 check (held >= 0),
    expired bigint not null default 0 check (expired >= 0),
    expiries bigint not null default 0,
    expires_at bigint not null,
    created_at bigint not null
) ${clustered};
create index grants_by_organization on grants (organization, expires_at);
create index grants_unspent on grants (expires_at) where unspent > 0;

-- How much of a hold is of which grant.
create table grant_parts (
    hold text not null,
    grant_id text not null,
    amount bigint not null check (amount > 0),
    charge bigint not null default 0 check (charge >= 0 and charge <= amount),
    refunded bigint not null default 0 check (refunded >= 0 and refunded <= charge),
    primary key (hold, grant_id)
) ${clustered};

-- Why money was moved by hand. Never content.
create table transfer_notes (
    transfer text primary key,
    reason text not null,
    reference text not null,
    noted_by text not null
) ${clustered};
