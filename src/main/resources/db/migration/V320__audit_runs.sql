-- Open holds are looked at often and are few: those alone have an index. It speaks of the moment and not of the state, so that PostgreSQL
-- never takes it, full of what was open a moment ago, for the update that ends one hold by its id and state.
create index holds_open on holds (created_at, id) where resolved_at is null;

-- What the audit found, run by run; old runs are pruned. A check that a run did not make has no row.
create table audit_runs (
    id text primary key,
    scope text not null check (scope = 'new' or scope = 'full'),
    asked_by text not null,
    started_at bigint not null,
    took_ms bigint not null,
    broken bigint not null
);
create index audit_runs_newest on audit_runs (started_at, id);
create table audit_results (
    run text not null,
    check_id text not null,
    sentence text not null,
    seen bigint not null,
    broken bigint not null,
    examples text not null,
    took_ms bigint not null,
    primary key (run, check_id)
);

-- The latest result of each check, whichever run made it.
create table audit_latest (
    check_id text primary key,
    run text not null,
    sentence text not null,
    seen bigint not null,
    broken bigint not null,
    examples text not null,
    took_ms bigint not null,
    at bigint not null,
    since bigint not null
);

-- How far the transfers were verified, and what each organization's entries came to up to there.
create table audit_watermark (
    name text primary key,
    through bigint not null
);
create table audit_sums (
    organization text primary key,
    through bigint not null,
    available bigint not null,
    held bigint not null,
    platform bigint not null
);

-- What was done about holds that nobody would have ended, and which of them no rule can end.
create table hold_cases (
    hold text not null,
    organization text not null,
    found text not null,
    outcome text not null check (outcome = 'released' or outcome = 'settled' or outcome = 'requeued' or outcome = 'left'),
    amount bigint not null,
    held_at bigint not null,
    at bigint not null,
    primary key (hold, found)
);
create index hold_cases_newest on hold_cases (at, hold);
