-- priority orders the waiting jobs of one organization: less is sooner. webhook_status is null when nobody is to be told.
alter table jobs add column priority smallint not null default 0;
alter table jobs add column webhook_status text;
