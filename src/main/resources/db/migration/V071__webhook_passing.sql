-- An event that is worth telling only until a later one of its subject: at most one of a subject waits or is under way.
-- Its delivery leaves no record. 'last_event' waits for it, so that the last event of a subject comes last.
create table webhook_passing (
    subject    text not null primary key,
    event      text not null,
    last_event text
);

alter table webhook_deliveries add column subject text;
