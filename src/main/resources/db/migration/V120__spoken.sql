-- Text that is read aloud is counted by its characters.
alter table usage_rows add column input_character bigint not null default 0 check (input_character >= 0);
alter table usage_days add column input_character bigint not null default 0 check (input_character >= 0);

-- What OpenAI's dialect shows of a video beside its job: how long and how large it was ordered, and what it was made from.
create table openai_videos (
    job text primary key,
    organization text not null,
    seconds text,
    size text,
    remixed_from text,
    created_at bigint not null
);

create index openai_videos_by_age on openai_videos (created_at);
