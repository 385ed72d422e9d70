-- What of a line of the audit log may name somebody: the address that it came from, names, reasons in words. It stands apart from the
-- line, which is never changed, and is deleted with the person or the organization.
create table audit_particulars (
    line text primary key,
    organization text,
    actor text not null,
    address text not null,
    facts text not null
) ${clustered};

create index audit_particulars_by_organization on audit_particulars (organization);

create index audit_particulars_by_actor on audit_particulars (actor);

create index audit_log_by_subject on audit_log (subject, at, id);

-- Who was erased, or is being: what was asked, and how many rows of each table went (a JSON object).
create table departures (
    subject text primary key,
    asked_at bigint not null,
    asked_by text not null,
    reason text not null,
    counts text not null,
    done_at bigint
) ${clustered};

create index departures_by_time on departures (asked_at);
