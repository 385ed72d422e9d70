-- Every price list that was ever served, by its content's version: what a charge of long ago was reckoned by.
create table price_versions (
    model text not null,
    version text not null,
    body text not null,
    first_seen bigint not null,
    primary key (model, version)
);
