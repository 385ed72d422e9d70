-- Lines that stand already give their particulars away, once.
insert into audit_particulars (line, organization, actor, address, facts)
    select id, organization, actor_id, address,
        case when facts like '%"name":%' or facts like '%"reason":%' or facts like '%"networks":%' then facts else '{}' end
    from audit_log
    where address <> '' or facts like '%"name":%' or facts like '%"reason":%' or facts like '%"networks":%';

drop trigger audit_log_lines_are_never_changed;
update audit_log set address = '',
    facts = case when facts like '%"name":%' or facts like '%"reason":%' or facts like '%"networks":%' then '{}' else facts end
    where id in (select line from audit_particulars);
create trigger audit_log_lines_are_never_changed before update on audit_log
begin
    select raise(abort, 'the audit log is append-only');
end;

create trigger audit_particulars_are_never_changed before update on audit_particulars
begin
    select raise(abort, 'the audit log is append-only');
end;
