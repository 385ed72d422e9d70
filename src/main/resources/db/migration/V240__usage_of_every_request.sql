-- Every request that had a hold has a row, charged or not: how it ended, whose key asked, what went wrong as a code.
alter table usage_rows add column member text;
alter table usage_rows add column status text not null default 'completed' check (
    status = 'completed' or status = 'failed' or status = 'nsfw' or status = 'canceled');
alter table usage_rows add column error text;

-- The sums of days know members and upstreams, and how many requests had no result. '' is no member, or no upstream.
alter table usage_days rename to usage_days_before;
create table usage_days (
    organization text not null,
    day bigint not null,
    key_id text not null,
    model text not null,
    member text not null,
    provider text not null,
    requests bigint not null check (requests > 0),
    failed bigint not null default 0 check (failed >= 0 and failed <= requests),
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
    input_character bigint not null default 0 check (input_character >= 0),
    primary key (organization, day, key_id, model, member, provider)
) ${clustered};
insert into usage_days (organization, day, key_id, model, member, provider, requests, charge, upstream_cost, request,
    input_token, cached_input_token, output_token, reasoning_token, image, video_second, audio_second, track, input_character)
select organization, created_at / 86400000000, key_id, model, '', provider, count(*), sum(charge), sum(upstream_cost),
    sum(request), sum(input_token), sum(cached_input_token), sum(output_token), sum(reasoning_token), sum(image),
    sum(video_second), sum(audio_second), sum(track), sum(input_character)
from usage_rows group by 1, 2, 3, 4, 6;
drop table usage_days_before;

-- The same by the hour, for an organization as a whole.
create table usage_hours (
    organization text not null,
    hour bigint not null,
    requests bigint not null check (requests > 0),
    failed bigint not null default 0 check (failed >= 0 and failed <= requests),
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
    input_character bigint not null default 0 check (input_character >= 0),
    primary key (organization, hour)
) ${clustered};
insert into usage_hours (organization, hour, requests, charge, upstream_cost, request, input_token, cached_input_token,
    output_token, reasoning_token, image, video_second, audio_second, track, input_character)
select organization, created_at / 3600000000, count(*), sum(charge), sum(upstream_cost), sum(request), sum(input_token),
    sum(cached_input_token), sum(output_token), sum(reasoning_token), sum(image), sum(video_second), sum(audio_second),
    sum(track), sum(input_character)
from usage_rows group by 1, 2;

-- Calls of upstreams that served nothing, in the course of a request that went on elsewhere or failed. The one that served
-- it is in its usage row. What such a call cost, the platform bore.
create table usage_attempts (
    id text not null,
    number bigint not null,
    provider text not null,
    upstream_model text not null,
    error text not null,
    at bigint not null,
    primary key (id, number)
) ${clustered};
