-- What may be used in a minute: one row for plan:<name>, organization:<id> or key:<id>, as JSON.
create table limit_rules (
    subject text not null primary key,
    rules text not null,
    updated_at bigint not null
);

-- The nodes that share this database and divide every limit a minute among them.
create table limit_nodes (
    node text not null primary key,
    seen_at bigint not null
);
