-- 'clustered' keeps a row inside its primary key where the database can (SQLite: without rowid): one tree to write, not two.
-- Choices are spelled out, because SQLite builds a table for each "in" of more than two values whenever a row is written.

-- Wallet balances are stored and equal the sum of their entries; the platform's balances are sums and have no row.
create table wallets (
    organization text primary key,
    available bigint not null check (available >= 0),
    held bigint not null check (held >= 0),
    opened_at bigint not null
) ${clustered};

-- The one place where "resolved at most once" is decided: by the update that leaves 'open'.
create table holds (
    id text primary key,
    organization text not null,
    amount bigint not null check (amount >= 0),
    state text not null check (state = 'open' or state = 'settled' or state = 'released'),
    charge bigint not null default 0 check (charge >= 0 and charge <= amount),
    refunded bigint not null default 0 check (refunded >= 0 and refunded <= charge),
    terms text not null,
    created_at bigint not null,
    resolved_at bigint
) ${clustered};

-- Append-only (triggers in the dialects' own folders). The amount leaves the debit account and arrives at the credit account.
create table transfers (
    id text primary key,
    organization text not null,
    kind text not null check (
        kind = 'hold' or kind = 'settle' or kind = 'release' or kind = 'topup' or kind = 'refund' or kind = 'absorb'),
    debit text not null,
    credit text not null,
    amount bigint not null check (amount > 0),
    created_at bigint not null,
    check (debit <> credit)
) ${clustered};

create index transfers_by_organization on transfers (organization, created_at, id);
