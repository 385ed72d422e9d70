-- Open jobs whose upstream called back where nobody ran them: whoever does asks the upstream at once, and takes the row away.
create table job_calls (
    job text not null primary key,
    at bigint not null
);
