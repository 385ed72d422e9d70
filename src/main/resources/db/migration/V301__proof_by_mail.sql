-- Somebody who signed up where letters are sent, and has not opened his: he can not sign in yet. Null for everybody else.
alter table people add column awaited_since bigint;

-- When the link went to the person's address by mail, and to nobody else; null where somebody was shown it.
alter table person_links add column mailed_at bigint;
