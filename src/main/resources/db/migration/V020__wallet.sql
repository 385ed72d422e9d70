-- Wallet balances are stored and equal the sum of their entries; the platform's balances are sums and have no row.
create table wallets (
    organization text primary key,
    available bigint not null check (available >= 0),
    held bigint not null check (held >= 0),
    opened_at bigint not null
);

-- The one place where "resolved at most once" is decided: by the update that leaves 'open'.
create table holds (
    id text primary key,
    organization text not null,
    amount bigint not null check (amount >= 0),
    state text not null check (state in ('open', 'settled', 'released')),
    charge bigint not null default 0 check (charge >= 0 and charge <= amount),
    refunded bigint not null default 0 check (refunded >= 0 and refunded <= charge),
    terms text not null,
    created_at bigint not null,
    resolved_at bigint
);

-- Append-only (triggers in the dialects' own folders). The amount leaves the debit account and arrives at the credit account.
create table transfers (
    id text primary key,
    organization text not null,
    kind text not null check (kind in ('topup', 'hold', 'settle', 'release', 'refund', 'absorb')),
    debit text not null,
    credit text not null,
    amount bigint not null check (amount > 0),
    created_at bigint not null,
    check (debit <> credit)
);

create index transfers_by_organization on transfers (organization, created_at, id);
