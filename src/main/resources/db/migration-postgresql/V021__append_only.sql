-- What was transferred is never changed and never deleted (M9), whoever asks.
create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only';
end
$$;

create trigger transfers_are_never_changed before update on transfers
    for each row execute function ledger_is_append_only();

create trigger transfers_are_never_deleted before delete on transfers
    for each row execute function ledger_is_append_only();

create trigger transfers_are_never_emptied before truncate on transfers
    for each statement execute function ledger_is_append_only();
