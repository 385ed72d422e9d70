-- When Stripe said last how much of a payment is disputed: what was said before then and comes later changes nothing.
alter table card_topups add column disputed_at bigint;
