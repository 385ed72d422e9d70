-- Transfers lie on the disk in the order of time, so that a few pages tell where those of the last hours are.
create index transfers_by_time on transfers using brin (created_at) with (pages_per_range = 32, autosummarize = on);
