-- A claim lasts as long as its owner's lease: one row for each node and kind is renewed, however much the node runs.
-- due_work.lease_until is null unless a claim was given an end of its own.
create table work_owners (
    kind        text   not null,
    owner       text   not null,
    lease_until bigint not null,
    primary key (kind, owner)
);

-- priority orders the rows of one part: less is sooner.
alter table due_work add column priority smallint not null default 0;

drop index due_work_claimed;
create index due_work_claimed on due_work (kind, owner) where owner is not null;
create index due_work_ended on due_work (kind, lease_until) where lease_until is not null;
create index due_work_turn on due_work (kind, part, priority, due_at, id) where owner is null and rank is not null;
create index due_work_unusual on due_work (kind, part) where owner is null and rank is not null and priority <> 0;

-- A parked row (no owner, no rank, due at the end of time) waits until another row of its part makes room.
create index due_work_parked on due_work (kind, part, priority, id)
    where owner is null and rank is null and due_at = 9000000000000000;
