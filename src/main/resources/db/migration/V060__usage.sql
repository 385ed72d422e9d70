-- One row per settlement, named after its hold. Units are counted as the meter counts them: seconds in milliseconds.
create table usage_rows (
    id text primary key,
    organization text not null,
    key_id text not null,
    model text not null,
    provider text not null,
    modality text not null,
    dialect text not null,
    request bigint not null default 0 check (request >= 0),
    input_token bigint not null default 0 check (input_token >= 0),
    cached_input_token bigint not null default 0 check (cached_input_token >= 0),
    output_token bigint not null default 0 check (output_token >= 0),
    reasoning_token bigint not null default 0 check (reasoning_token >= 0),
    image bigint not null default 0 check (image >= 0),
    video_second bigint not null default 0 check (video_second >= 0),
    audio_second bigint not null default 0 check (audio_second >= 0),
    track bigint not null default 0 check (track >= 0),
    units_source text not null check (units_source = 'upstream' or units_source = 'planned' or units_source = 'estimate'),
    price_version text not null,
    priced_by text not null,
    charge bigint not null check (charge >= 0),
    upstream_cost bigint not null check (upstream_cost >= 0),
    created_at bigint not null,
    latency_ms bigint not null,
    first_byte_ms bigint
);

create index usage_rows_by_organization on usage_rows (organization, created_at, id);

-- The sums of the rows by day (days since 1970-01-01, UTC), kept as rows are added: they outlive the rows.
create table usage_days (
    organization text not null,
    day bigint not null,
    key_id text not null,
    model text not null,
    requests bigint not null check (requests > 0),
    charge bigint not null check (charge >= 0),
    upstream_cost bigint not null check (upstream_cost >= 0),
    request bigint not null default 0 check (request >= 0),
    input_token bigint not null default 0 check (input_token >= 0),
    cached_input_token bigint not null default 0 check (cached_input_token >= 0),
    output_token bigint not null default 0 check (output_token >= 0),
    reasoning_token bigint not null default 0 check (reasoning_token >= 0),
    image bigint not null default 0 check (image >= 0),
    video_second bigint not null default 0 check (video_second >= 0),
    audio_second bigint not null default 0 check (audio_second >= 0),
    track bigint not null default 0 check (track >= 0),
    primary key (organization, day, key_id, model)
);
