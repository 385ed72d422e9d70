-- Due work: what has to be done when, claimed by one node at a time. The fence rises with every claim.
create table due_work (
    kind        text     not null,
    id          text     not null,
    part        text     not null,
    rank        bigint   not null,
    due_at      bigint   not null,
    owner       text,
    lease_until bigint,
    fence       bigint   not null default 0,
    attempts    bigint   not null default 0,
    primary key (kind, id)
);
