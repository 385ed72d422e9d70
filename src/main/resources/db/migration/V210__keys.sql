-- What a key may do: its role and whose it is, its scopes, from where and until when. A null list leaves everything open;
-- entries are parted by a space. A key that was made before this is a developer's; the operator's own stay an owner's.
alter table api_keys add column role text not null default 'developer';
alter table api_keys add column member text;
alter table api_keys add column scope_dialects text;
alter table api_keys add column scope_models text;
alter table api_keys add column scope_modalities text;
alter table api_keys add column read_only smallint not null default 0;
alter table api_keys add column networks text;
alter table api_keys add column expires_at bigint;
alter table api_keys add column updated_at bigint;
update api_keys set role = 'owner'
    where exists (select 1 from organizations o where o.id = api_keys.organization and o.operator = 1);

-- Secrets that a rotation replaced: they work until their time is over, and are told apart from unknown ones afterwards.
create table former_secrets (
    hash bytea not null primary key,
    key_id text not null,
    last_four text not null,
    until bigint not null
);

create index former_secrets_by_key on former_secrets (key_id, until);

-- Who is suspended: key:<id>, member:<id> or organization:<id>. What the operator suspended, only the operator resumes.
create table suspensions (
    subject text not null primary key,
    by_operator smallint not null,
    reason text not null,
    since bigint not null
) ${clustered};
