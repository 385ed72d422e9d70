-- Who signs in: people, what they are in organizations, their sessions, and how they get in. Of passwords, tokens, links and codes
-- only hashes are kept; the secret of a two-step sign-in is sealed.

-- The time zone in which an organization's days and months begin, as Europe/London.
alter table organizations add column time_zone text not null default 'UTC';

-- An e-mail address is kept in lower case. A person who was erased has none, and no way in.
create table people (
    id text primary key,
    email text,
    name text not null,
    password_hash text,
    password_changed_at bigint,
    email_verified_at bigint,
    totp_sealed bytea,
    totp_since bigint,
    totp_last_step bigint not null default 0,
    created_at bigint not null,
    erased_at bigint
);

create unique index people_by_email on people (email) where email is not null;

create table members (
    id text primary key,
    organization text not null,
    person text not null,
    role text not null,
    created_at bigint not null
);

create unique index members_once on members (organization, person);

create index members_by_person on members (person);

-- The organization is the one that a request is about when it names none.
create table sessions (
    id text primary key,
    hash bytea not null,
    person text not null,
    organization text,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    address text not null,
    device text not null
);

create unique index sessions_by_hash on sessions (hash);

create index sessions_by_person on sessions (person, created_at);

create index sessions_by_end on sessions (expires_at);

-- An invitation is open until it is used, revoked or expired. With an address it is for that person alone.
create table invitations (
    id text primary key,
    organization text not null,
    hash bytea not null,
    email text,
    role text not null,
    invited_by text not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    used_by text,
    revoked_at bigint
);

create unique index invitations_by_hash on invitations (hash);

create index invitations_by_organization on invitations (organization, created_at, id);

create index invitations_by_end on invitations (expires_at);

-- Links that were sent or shown once: to set a password anew, to prove an address.
create table person_links (
    hash bytea not null primary key,
    person text not null,
    kind text not null,
    email text not null,
    created_at bigint not null,
    expires_at bigint not null
);

create index person_links_by_person on person_links (person, kind);

create index person_links_by_end on person_links (expires_at);

create table recovery_codes (
    person text not null,
    hash bytea not null,
    primary key (person, hash)
);

-- How often something was tried of late that must not be tried often, by what it is counted against.
create table attempts (
    subject text primary key,
    failures bigint not null,
    since bigint not null,
    locked_until bigint not null
);

create index attempts_by_since on attempts (since);

-- Who a person is elsewhere: the subject at an OpenID Connect issuer.
create table identities (
    issuer text not null,
    subject text not null,
    person text not null,
    created_at bigint not null,
    primary key (issuer, subject)
);

create index identities_by_person on identities (person);

-- Sign-ins that are on their way through an issuer: each comes back once.
create table oidc_states (
    hash bytea not null primary key,
    sealed bytea not null,
    expires_at bigint not null
);

create index oidc_states_by_end on oidc_states (expires_at);
