-- What upstreams made for a job that nobody was given and nobody pays for, in nano-dollars: answers that broke off, and those
-- of a worker that died. Booked as absorbed loss when the job ends.
alter table jobs add column lost bigint not null default 0;
