-- The audit log: who changed what, when and from where. Append-only (triggers in the dialects' own folders).
create table audit_log (
    id text primary key,
    organization text,
    at bigint not null,
    actor_kind text not null,
    actor_id text not null,
    address text not null,
    action text not null,
    subject text not null,
    facts text not null
);

create index audit_log_by_organization on audit_log (organization, at, id);

create index audit_log_by_time on audit_log (at, id);
