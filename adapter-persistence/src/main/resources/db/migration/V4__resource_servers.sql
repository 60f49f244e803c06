-- Who may ask what a token is good for. Expands only: the version before knows nothing of this table.

create table resource_servers (
    id            text    primary key check (length(id) between 1 and 128),
    secret_digest bytea   not null check (octet_length(secret_digest) = 32),
    integrations  text[],
    enabled       boolean not null
);
comment on column resource_servers.integrations is 'Whose tokens it may see; null: all.';
