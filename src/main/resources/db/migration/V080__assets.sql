-- One row per stored file. 'stored' may be shown; 'removing' waits for its file to go, and then goes itself.
create table assets (
    id text not null primary key,
    organization text not null,
    kind text not null,
    state text not null,
    location text not null,
    file_name text not null,
    content_type text not null,
    bytes bigint not null,
    sha256 text not null,
    created_at bigint not null,
    expires_at bigint not null
);

create unique index assets_location on assets (location);
create index assets_expiry on assets (expires_at) where state = 'stored';
create index assets_removing on assets (id) where state = 'removing';
