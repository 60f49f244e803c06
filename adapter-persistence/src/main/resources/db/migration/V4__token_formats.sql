-- Token formats and signing keys. Expands only: the version before goes on issuing opaque tokens beside this one.

alter table api_integrations
    add column token_format text check (token_format in ('OPAQUE', 'JWT')),
    add column audience     text check (length(audience) between 1 and 512);
comment on column api_integrations.token_format is 'Null: the system default.';
comment on column api_integrations.audience is 'Whom a JWT is meant for; null: the issuer.';

alter table grants
    add column token_format text not null default 'OPAQUE' check (token_format in ('OPAQUE', 'JWT')),
    add column audience     text check (length(audience) between 1 and 512),
    add constraint an_opaque_token_has_no_audience check (audience is null or token_format = 'JWT');
comment on column grants.token_format is 'Of a JWT, access_digest is that of its jti.';

create table signing_keys (
    id           text        primary key check (id ~ '^[A-Za-z0-9_-]{43}$'),
    public_key   bytea       not null,
    sealed_key   bytea       not null,
    sealed_under text        not null check (sealed_under ~ '^[0-9a-f]{32}$'),
    active_from  timestamptz not null unique
);
comment on table signing_keys is 'Keys that sign JWTs, on every node the same. The newest that is active signs.';
comment on column signing_keys.public_key is 'SubjectPublicKeyInfo (RFC 5280), published as a JWK.';
comment on column signing_keys.sealed_key is 'The private key, encrypted under a key that is derived from the server key sealed_under.';
