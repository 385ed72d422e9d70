-- The live request that a key is running for: when its node dies, the sweep that releases its hold gives the key free.
alter table idempotency_keys add column running_for text;

create index idempotency_keys_running on idempotency_keys (running_for) where running_for is not null;
