-- Videos are listed from the oldest on too.
create index openai_videos_by_organization on openai_videos (organization, created_at, job);
