-- Versions of integrations, by which a node notices that what it remembers has changed. Triggers raise them, so that every
-- change does, whoever makes it: also a role without rights on the sequence, a restore of the data alone, and replication.
-- Expands only: the version before neither reads nor writes the column. The next file does the same for identities, in a
-- transaction of its own, so that none holds a lock while it waits for another.

create sequence versions maxvalue 2147483647 cycle;

-- The random half makes a version unique even after a restore or a failover has set the sequence back.
create function next_version() returns bigint language sql volatile as
    'select (nextval(''versions'') << 32) + floor(random() * 4294967296)::bigint';

alter table api_integrations
    add column version bigint not null default 0;
comment on column api_integrations.version is 'Changes with the integration and with its access rules.';

create function raise_version() returns trigger
    language plpgsql security definer as $$
begin
    new.version := next_version();
    return new;
end $$;

create trigger integration_changes before insert or update on api_integrations
    for each row execute function raise_version();

-- The update itself sets nothing: the trigger above does.
create function raise_version_of_integration() returns trigger
    language plpgsql security definer as $$
begin
    if tg_op = 'TRUNCATE' then
        update api_integrations set version = version;
    else
        update api_integrations set version = version
        where id in (case when tg_op <> 'INSERT' then old.integration_id end,
                     case when tg_op <> 'DELETE' then new.integration_id end);
    end if;
    return null;
end $$;

create trigger access_changes after insert or update or delete on access_rules
    for each row execute function raise_version_of_integration();
create trigger access_is_emptied after truncate on access_rules
    for each statement execute function raise_version_of_integration();

alter table api_integrations enable always trigger integration_changes;
alter table access_rules enable always trigger access_changes;
alter table access_rules enable always trigger access_is_emptied;

-- These run with the rights of the schema's owner. So they look up tables in this schema first, never among somebody's
-- temporary tables, and nobody else may use them for a trigger of their own.
do $$
begin
    execute format('alter function raise_version() set search_path = %I, pg_temp', current_schema());
    execute format('alter function raise_version_of_integration() set search_path = %I, pg_temp', current_schema());
end $$;
revoke execute on function next_version(), raise_version(), raise_version_of_integration() from public;
