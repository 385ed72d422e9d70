-- Due work: what has to be done when, claimed by one node at a time.
-- A row is delayed (no rank, no owner), ready (a rank, no owner) or claimed (an owner and a lease); each has its index.
create table due_work (
    kind        text   not null,
    id          text   not null,
    part        text   not null,
    rank        bigint,
    due_at      bigint not null,
    owner       text,
    lease_until bigint,
    fence       bigint not null default 0,
    attempts    bigint not null default 0,
    primary key (kind, id)
);

create index due_work_delayed on due_work (kind, due_at) where owner is null and rank is null;
create index due_work_ready on due_work (kind, rank, id) where owner is null and rank is not null;
create index due_work_behind on due_work (kind, part, rank) where owner is null and rank is not null;
create index due_work_claimed on due_work (kind, lease_until) where owner is not null;
