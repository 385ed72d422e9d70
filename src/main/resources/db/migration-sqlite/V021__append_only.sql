-- What was transferred is never changed and never deleted (M9), whoever asks.
create trigger transfers_are_never_changed before update on transfers
begin
    select raise(abort, 'the ledger is append-only');
end;

create trigger transfers_are_never_deleted before delete on transfers
begin
    select raise(abort, 'the ledger is append-only');
end;
