-- A block is a hold ('block:<id>') that a node grants single requests from, in memory: charged and given back in parts. returned:
-- what came back to available so far, in so many returns; refunded: of the charges of its requests; flushed: the number of the last
-- batch that was counted.
create table blocks (
    id text primary key,
    organization text not null,
    returned bigint not null default 0 check (returned >= 0),
    returns bigint not null default 0,
    refunded bigint not null default 0 check (refunded >= 0),
    flushed bigint not null default 0
) ${clustered};

-- The block that a request's hold was granted from; null when it was taken from the wallet itself.
alter table holds add column block text;
