-- Whether an open job waits because as many run as may; its due work is parked then.
alter table jobs add column waiting smallint not null default 0;
update jobs set waiting = 1 where finished_at is null and id in (
    select id from due_work where kind = 'job' and owner is null and rank is null and due_at = 9000000000000000);

-- The open jobs of an organization by kind: what limits at once are counted by.
create index jobs_open on jobs (organization, key_id, model, modality, waiting) where finished_at is null;

-- The organizations that have jobs waiting.
create index job_slots_waiting on job_slots (organization) where open_jobs > active_jobs;
