-- The id that the upstream which served a request has for it; null where it said none, and for requests of before.
alter table usage_rows add column upstream_request text;

-- An upstream's invoice, matched with what was used there. ready = 0 while its lines are written, and for good where a crash cut that short.
create table reconciliations (
    id text primary key,
    provider text not null,
    period text not null,
    file_hash text not null,
    tolerance bigint not null,
    file_rows bigint not null,
    matched bigint not null,
    differing bigint not null,
    ours_only bigint not null,
    theirs_only bigint not null,
    ours_total bigint not null,
    theirs_total bigint not null,
    ready smallint not null,
    created_at bigint not null,
    created_by text not null
);
create unique index reconciliations_once on reconciliations (provider, period, file_hash) where ready = 1;

-- difference: what the upstream asks beyond what was reckoned here. Booked at most once, to absorbed loss.
create table reconciliation_lines (
    reconciliation text not null,
    number bigint not null,
    verdict text not null,
    basis text not null,
    request text not null,
    usage_id text not null,
    model text not null,
    day text not null,
    ours_units bigint not null,
    theirs_units bigint not null,
    ours bigint not null,
    ours_source text not null,
    theirs bigint not null,
    difference bigint not null,
    booked_at bigint,
    primary key (reconciliation, number)
) ${clustered};
