-- The first schema. Constraints make wrong states impossible, whoever writes; times are whole seconds where the
-- contract says so, and every secret is present as its SHA-256 only.

create table local_identities (
    guid    uuid    primary key,
    kind    text    not null check (kind in ('user', 'group')),
    name    text    not null unique check (length(name) between 1 and 256),
    enabled boolean not null,
    unique (guid, kind),
    check (kind = 'user' or enabled)
);
comment on table local_identities is 'Users and groups that Kerbearer keeps itself; they share one name space.';

create table local_principals (
    realm     text not null,
    name      text not null,
    user_guid uuid not null,
    user_kind text not null default 'user' check (user_kind = 'user'),
    primary key (realm, name),
    foreign key (user_guid, user_kind) references local_identities (guid, kind) on delete cascade
);
comment on table local_principals is 'Kerberos principals, each one user''s only.';
create index local_principals_of_user on local_principals (user_guid);

create table local_memberships (
    user_guid  uuid not null,
    user_kind  text not null default 'user' check (user_kind = 'user'),
    group_guid uuid not null,
    group_kind text not null default 'group' check (group_kind = 'group'),
    primary key (user_guid, group_guid),
    foreign key (user_guid, user_kind) references local_identities (guid, kind) on delete cascade,
    foreign key (group_guid, group_kind) references local_identities (guid, kind) on delete cascade
);
create index local_memberships_of_group on local_memberships (group_guid);

create table api_integrations (
    id              text    primary key check (length(id) between 1 and 128),
    name            text    not null,
    description     text    not null,
    vendor          text    not null,
    url             text    not null,
    scope           text    not null check (length(scope) between 1 and 4096),
    access_validity integer check (access_validity between 1 and 315360000),
    grant_validity  integer check (grant_validity between 1 and 315360000),
    renewable       boolean,
    enabled         boolean not null
);
comment on column api_integrations.access_validity is 'Seconds; null: the system default.';

create table access_rules (
    integration_id   text not null references api_integrations (id) on delete cascade,
    trustee_provider text not null check (trustee_provider ~ '^(local|AD\+[A-Za-z0-9._-]{1,64})$'),
    trustee_guid     uuid not null,
    scope            text check (length(scope) between 1 and 4096),
    access_validity  integer check (access_validity between 1 and 315360000),
    grant_validity   integer check (grant_validity between 1 and 315360000),
    renewable        boolean,
    primary key (integration_id, trustee_provider, trustee_guid)
);

create table grants (
    id                uuid        primary key,
    identity_provider text        not null check (identity_provider ~ '^(local|AD\+[A-Za-z0-9._-]{1,64})$'),
    identity_guid     uuid        not null,
    client_id         text        not null references api_integrations (id),
    scope             text        not null check (length(scope) between 1 and 4096),
    renewable         boolean     not null,
    issued_at         timestamptz not null check (issued_at = date_trunc('second', issued_at)),
    access_issued_at  timestamptz not null check (access_issued_at = date_trunc('second', access_issued_at)),
    access_expires_at timestamptz not null check (access_expires_at = date_trunc('second', access_expires_at)),
    refresh_until     timestamptz not null check (refresh_until = date_trunc('second', refresh_until)),
    access_digest     bytea       not null unique check (octet_length(access_digest) = 32),
    refresh_digest    bytea       unique check (octet_length(refresh_digest) = 32),
    ended_at          timestamptz,
    check (renewable = (refresh_digest is not null)),
    check (refresh_digest <> access_digest),
    check (issued_at <= access_issued_at),
    check (access_issued_at < access_expires_at),
    check (access_expires_at <= refresh_until)
);
comment on column grants.ended_at is 'When it was revoked, or its integration or identity was disabled; null: it lives until its time.';
create index live_grants_of_client on grants (client_id) where ended_at is null;
create index live_grants_of_identity on grants (identity_guid) where ended_at is null;

create table sign_ins (
    digest      bytea       primary key check (octet_length(digest) = 32),
    answered_at timestamptz not null
);
comment on table sign_ins is 'AP-REQs that were answered: each is good for one answer.';
create index sign_ins_by_age on sign_ins (answered_at);

create table audit_events (
    id        bigint      generated always as identity primary key,
    at        timestamptz not null,
    action    text        not null check (action ~ '^[A-Z_]{1,40}$'),
    actor     text        not null,
    address   text        not null,
    method    text        not null check (method ~ '^[A-Z_]{1,40}$'),
    client_id text,
    grant_id  uuid,
    outcome   text        not null
);
