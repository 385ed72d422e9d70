-- When the link went to the address of the invitation by mail, and to nobody else; null where somebody was shown it.
alter table invitations add column mailed_at bigint;
