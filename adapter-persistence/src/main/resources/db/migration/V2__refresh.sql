-- Refresh with rotation. Expands only: the version before goes on working with these columns and this table beside it.

alter table grants
    add column generation               integer not null default 0 check (generation >= 0),
    add column former_access_digest     bytea unique check (octet_length(former_access_digest) = 32),
    add column former_access_issued_at  timestamptz,
    add column former_access_expires_at timestamptz,
    add column former_access_until      timestamptz,
    add constraint former_access_is_whole check (
        num_nulls(former_access_digest, former_access_issued_at, former_access_expires_at, former_access_until) in (0, 4)),
    add constraint former_access_is_another check (former_access_digest <> access_digest),
    add constraint former_access_ends check (former_access_until <= former_access_expires_at);
comment on column grants.generation is 'How often its refresh token was replaced.';
comment on column grants.former_access_until is 'The access token that was replaced last is good until then, for requests in flight.';

create table replaced_refresh_tokens (
    digest           bytea       primary key check (octet_length(digest) = 32),
    grant_id         uuid        not null references grants (id) on delete cascade,
    generation       integer     not null check (generation >= 0),
    repeatable_until timestamptz not null,
    nonce            bytea       check (octet_length(nonce) = 32),
    key_id           text        check (key_id ~ '^[0-9a-f]{32}$'),
    unique (grant_id, generation),
    check ((nonce is null) = (key_id is null))
);
comment on table replaced_refresh_tokens is 'Refresh tokens before the live one, kept as long as their grant, so that the oldest of them still tells of theft.';
comment on column replaced_refresh_tokens.nonce is 'By which the successor is derived again; deleted when the leeway is over.';
create index replaced_refresh_tokens_with_nonce on replaced_refresh_tokens (repeatable_until) where nonce is not null;

alter table api_integrations
    add column reuse_leeway integer check (reuse_leeway between 0 and 300);
comment on column api_integrations.reuse_leeway is 'Seconds; null: the system default.';

create table server_keys (
    id         text        primary key check (id ~ '^[0-9a-f]{32}$'),
    made_at    timestamptz not null default clock_timestamp(),
    generation bigint      generated always as identity unique
);
comment on table server_keys is 'Fingerprints of the keys that nodes hold outside the database; the newest has the highest generation.';
