-- Versions of integrations and identities, by which a node notices that what it remembers has changed. Triggers raise them,
-- so that every change does, whoever makes it. Expands only: the version before neither reads nor writes these columns.

create sequence versions;

alter table api_integrations
    add column version bigint not null default nextval('versions');
comment on column api_integrations.version is 'Changes with the integration and with its access rules.';

alter table local_identities
    add column version bigint not null default nextval('versions');
comment on column local_identities.version is 'Changes with the identity, its principals, its memberships and its groups.';

create function raise_version() returns trigger language plpgsql as $$
begin
    new.version := nextval('versions');
    return new;
end $$;

create trigger integration_changes before update on api_integrations
    for each row execute function raise_version();
create trigger identity_changes before update on local_identities
    for each row execute function raise_version();

-- The update itself sets nothing: the trigger above does.
create function raise_version_of_integration() returns trigger language plpgsql as $$
begin
    update api_integrations set version = version
    where id in (case when tg_op <> 'INSERT' then old.integration_id end,
                 case when tg_op <> 'DELETE' then new.integration_id end);
    return null;
end $$;

create trigger access_changes after insert or update or delete on access_rules
    for each row execute function raise_version_of_integration();

create function raise_version_of_user() returns trigger language plpgsql as $$
begin
    update local_identities set version = version
    where guid in (case when tg_op <> 'INSERT' then old.user_guid end,
                   case when tg_op <> 'DELETE' then new.user_guid end);
    return null;
end $$;

create trigger principal_changes after insert or update or delete on local_principals
    for each row execute function raise_version_of_user();
create trigger membership_changes after insert or update or delete on local_memberships
    for each row execute function raise_version_of_user();

create function raise_version_of_members() returns trigger language plpgsql as $$
begin
    update local_identities set version = version
    where guid in (select user_guid from local_memberships where group_guid = new.guid);
    return null;
end $$;

create trigger group_changes after update on local_identities
    for each row when (new.kind = 'group') execute function raise_version_of_members();
