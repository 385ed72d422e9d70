-- What the upstream that served a request calls the model, and how long that call took; null where none served it, and for
-- requests of before.
alter table usage_rows add column upstream_model text;
alter table usage_rows add column served_ms bigint;
