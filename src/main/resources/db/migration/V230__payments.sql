-- One row for every payment by card, made before the payment processor is told of it. Its state changes once from 'pending', or
-- later to 'paid' when the processor took the money after all; 'paid' is for good, and is when the wallet is credited.
create table card_topups (
    id text primary key,
    organization text not null,
    kind text not null check (kind = 'checkout' or kind = 'automatic'),
    state text not null check (state = 'pending' or state = 'paid' or state = 'failed' or state = 'expired'),
    amount bigint not null check (amount > 0),
    live smallint not null,
    save_card smallint not null,
    success_url text not null,
    cancel_url text not null,
    session text,
    url text,
    intent text,
    receipt_url text,
    failure text,
    refunded bigint not null default 0 check (refunded >= 0),
    disputed bigint not null default 0 check (disputed >= 0),
    taken bigint not null default 0 check (taken >= 0),
    owed bigint not null default 0 check (owed >= 0),
    forgiven bigint not null default 0 check (forgiven >= 0),
    moves bigint not null default 0,
    created_at bigint not null,
    paid_at bigint
) ${clustered};

create index card_topups_by_organization on card_topups (organization, created_at, id);
create unique index card_topups_by_session on card_topups (session) where session is not null;
create unique index card_topups_by_intent on card_topups (intent) where intent is not null;
-- At most one automatic payment of an organization is under way.
create unique index card_topups_one_automatic on card_topups (organization) where kind = 'automatic' and state = 'pending';
create index card_topups_owing on card_topups (organization) where owed > 0;

-- The automatic top-up of an organization, and the card that it is taken from, by the processor's names for them.
create table auto_topups (
    organization text primary key,
    enabled smallint not null,
    threshold bigint not null check (threshold >= 0),
    amount bigint not null check (amount > 0),
    ceiling bigint not null check (ceiling >= 0),
    customer text,
    method text,
    failures bigint not null default 0,
    stopped text,
    updated_at bigint not null
) ${clustered};
