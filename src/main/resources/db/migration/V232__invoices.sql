-- How an organization is billed. closed_until: all that was charged before it has been looked at for an invoice; carried: money of the
-- organization's own, from top-ups and refunds, that no invoice was reduced by yet; grants_seen: charges to grants that carried has.
create table billing_profiles (
    organization text primary key,
    invoicing smallint not null,
    legal_name text not null,
    address text not null,
    country text not null,
    vat_id text not null,
    tax_rate bigint check (tax_rate >= 0 and tax_rate <= 10000),
    reverse_charge smallint not null,
    due_days bigint check (due_days >= 0),
    closed_until bigint not null,
    previous_from bigint not null,
    carried bigint not null,
    grants_seen bigint not null,
    updated_at bigint not null
) ${clustered};

-- The number of the last invoice; counted in the transaction that writes the invoice, so that none is left out.
create table invoice_numbers (
    name text primary key,
    last bigint not null
) ${clustered};

insert into invoice_numbers (name, last) values ('invoices', 0);

-- Amounts in nano-dollars; net, tax, total and paid are whole cents. Seller and buyer as they were on the day.
create table invoices (
    number text primary key,
    sequence bigint not null unique,
    organization text not null,
    status text not null check (status = 'open' or status = 'paid' or status = 'void'),
    period_from bigint not null,
    period_until bigint not null,
    zone text not null,
    issued_at bigint not null,
    due_at bigint not null,
    seller text not null,
    buyer text not null,
    subtotal bigint not null,
    applied bigint not null,
    rounding bigint not null,
    net bigint not null check (net >= 0),
    tax_rate bigint not null,
    tax bigint not null check (tax >= 0),
    tax_note text not null,
    total bigint not null check (total >= 0),
    paid bigint not null default 0 check (paid >= 0 and paid <= total),
    credited bigint not null default 0 check (credited >= 0 and credited <= net),
    void_reason text,
    ended_at bigint
) ${clustered};

create index invoices_by_organization on invoices (organization, issued_at, number);

-- What was charged in one window of time, by model and key. A window that was closed before has what came late.
create table invoice_lines (
    invoice text not null,
    position bigint not null,
    usage_from bigint not null,
    usage_until bigint not null,
    model text not null,
    key_id text not null,
    requests bigint not null check (requests >= 0),
    amount bigint not null check (amount >= 0),
    primary key (invoice, position)
) ${clustered};

create table invoice_payments (
    invoice text not null,
    reference text not null,
    amount bigint not null check (amount > 0),
    credited bigint not null check (credited >= 0),
    paid_at bigint not null,
    primary key (invoice, reference)
) ${clustered};
