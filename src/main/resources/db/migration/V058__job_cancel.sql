-- The customer wants it canceled, and its upstream was asked: when it fails now, that is why.
alter table jobs add column cancel_asked smallint not null default 0;

-- Jobs that ended while somebody ran them: whoever does looks here, stops the upstream and clears up.
create table job_stops (
    job text not null primary key
);
