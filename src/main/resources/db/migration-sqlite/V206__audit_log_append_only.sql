-- What stands in the audit log is never changed and never deleted, whoever asks.
create trigger audit_log_lines_are_never_changed before update on audit_log
begin
    select raise(abort, 'the audit log is append-only');
end;

create trigger audit_log_lines_are_never_deleted before delete on audit_log
begin
    select raise(abort, 'the audit log is append-only');
end;
