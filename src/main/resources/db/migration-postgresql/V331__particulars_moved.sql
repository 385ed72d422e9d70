-- Lines that stand already give their particulars away, once.
insert into audit_particulars (line, organization, actor, address, facts)
    select id, organization, actor_id, address,
        case when facts like '%"name":%' or facts like '%"reason":%' or facts like '%"networks":%' then facts else '{}' end
    from audit_log
    where address <> '' or facts like '%"name":%' or facts like '%"reason":%' or facts like '%"networks":%';

alter table audit_log disable trigger audit_log_lines_are_never_changed;
update audit_log set address = '',
    facts = case when facts like '%"name":%' or facts like '%"reason":%' or facts like '%"networks":%' then '{}' else facts end
    where id in (select line from audit_particulars);
alter table audit_log enable trigger audit_log_lines_are_never_changed;

create trigger audit_particulars_are_never_changed before update on audit_particulars
    for each row execute function audit_log_is_append_only();
