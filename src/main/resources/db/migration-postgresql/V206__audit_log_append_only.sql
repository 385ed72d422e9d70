-- What stands in the audit log is never changed and never deleted, whoever asks.
create function audit_log_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only';
end
$$;

create trigger audit_log_lines_are_never_changed before update on audit_log
    for each row execute function audit_log_is_append_only();

create trigger audit_log_lines_are_never_deleted before delete on audit_log
    for each row execute function audit_log_is_append_only();

create trigger audit_log_lines_are_never_emptied before truncate on audit_log
    for each statement execute function audit_log_is_append_only();
