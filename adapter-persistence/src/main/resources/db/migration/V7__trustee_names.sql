-- Who was meant by the names in access lists, for times when their directory is away. Expands only: the version before
-- knows nothing of this table.

create table trustee_names (
    provider text not null check (provider ~ '^AD\+[A-Za-z0-9._-]{1,64}$'),
    name     text not null check (length(name) between 1 and 256),
    guid     uuid not null,
    primary key (provider, name)
);
comment on table trustee_names is 'As they were resolved last; who has access stands in access_rules.';
