-- Movements of grants and credit lines. SQLite has to write the table anew for that; the rows stay as they are.
drop trigger transfers_are_never_changed;
drop trigger transfers_are_never_deleted;
drop index transfers_by_organization;
alter table transfers rename to transfers_before;

create table transfers (
    id text primary key,
    organization text not null,
    kind text not null check (
        kind = 'hold' or kind = 'settle' or kind = 'release' or kind = 'topup' or kind = 'refund' or kind = 'absorb'
        or kind = 'takeback' or kind = 'grant' or kind = 'expire' or kind = 'credit' or kind = 'reduce'),
    debit text not null,
    credit text not null,
    amount bigint not null check (amount > 0),
    created_at bigint not null,
    check (debit <> credit)
) ${clustered};

insert into transfers (id, organization, kind, debit, credit, amount, created_at)
    select id, organization, kind, debit, credit, amount, created_at from transfers_before order by id;
drop table transfers_before;
create index transfers_by_organization on transfers (organization, created_at, id);

create trigger transfers_are_never_changed before update on transfers
begin
    select raise(abort, 'the ledger is append-only');
end;

create trigger transfers_are_never_deleted before delete on transfers
begin
    select raise(abort, 'the ledger is append-only');
end;
