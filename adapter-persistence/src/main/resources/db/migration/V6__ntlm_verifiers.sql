-- What is kept of the passwords of local identities that may sign in with NTLM. Expands only.

create table ntlm_verifiers (
    user_guid    uuid  primary key,
    user_kind    text  not null default 'user' check (user_kind = 'user'),
    sealed_hash  bytea not null,
    sealed_under text  not null check (sealed_under ~ '^[0-9a-f]{32}$'),
    foreign key (user_guid, user_kind) references local_identities (guid, kind) on delete cascade
);
comment on table ntlm_verifiers is 'NT hashes, as good as passwords to whoever speaks NTLM: each is encrypted under a key that is derived from the server key sealed_under, and bound to its user.';
