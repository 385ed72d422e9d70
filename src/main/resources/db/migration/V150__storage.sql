-- What the uploads of an organization take is counted under a lock on its row, so that no two of them pass the quota together.
create table storage_marks (
    organization text not null primary key,
    uploads bigint not null
);

create index assets_uploads on assets (organization) where state = 'stored' and kind = 'upload';
