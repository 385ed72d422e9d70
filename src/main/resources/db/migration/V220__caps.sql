-- Who spends is written with every hold, so that a cap counts what was spent and held before it was set. Holds of before
-- this was written get what is known of them.
alter table holds add column key_id text not null default 'unknownunknown';
alter table holds add column member text;
update holds set key_id = (select u.key_id from usage_rows u where u.id = holds.id)
    where exists (select 1 from usage_rows u where u.id = holds.id);
update holds set key_id = (select j.key_id from jobs j where j.id = substr(holds.id, 5))
    where holds.id like 'job:%' and exists (select 1 from jobs j where j.id = substr(holds.id, 5));

-- 1 while there may be a cap or a grant, which every hold then has to pass. Decided by the update that takes the hold.
alter table wallets add column guarded smallint not null default 0 check (guarded >= 0 and guarded <= 1);

-- subject: 'organization', 'member:<id>' or 'key:<id>'. counted_to: whatever was held up to then was counted when it was set.
create table caps (
    organization text not null,
    subject text not null,
    period text not null check (period = 'day' or period = 'week' or period = 'month' or period = 'total'),
    amount bigint not null check (amount >= 0),
    counted_to bigint not null,
    set_at bigint not null,
    primary key (organization, subject, period)
) ${clustered};

-- What the holds made from starts_at on, and before ends_at, have set aside and been charged. Windows of a cap never overlap.
create table cap_windows (
    organization text not null,
    subject text not null,
    period text not null,
    starts_at bigint not null,
    ends_at bigint not null,
    spent bigint not null check (spent >= 0),
    held bigint not null check (held >= 0),
    told bigint not null default 0,
    primary key (organization, subject, period, starts_at),
    check (starts_at < ends_at)
) ${clustered};

-- That a window passed a threshold: once each.
create table cap_events (
    organization text not null,
    subject text not null,
    period text not null,
    starts_at bigint not null,
    threshold bigint not null,
    amount bigint not null,
    spent bigint not null,
    at bigint not null,
    primary key (organization, subject, period, starts_at, threshold)
) ${clustered};
create index cap_events_by_time on cap_events (organization, at);
