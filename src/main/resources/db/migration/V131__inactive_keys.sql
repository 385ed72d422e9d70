-- A key can be put to rest and taken up again; a revoked one never comes back.
alter table api_keys add column inactive smallint not null default 0;
