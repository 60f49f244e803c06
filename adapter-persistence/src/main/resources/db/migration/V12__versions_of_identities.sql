-- Versions of local identities, like those of integrations. Expands only.

alter table local_identities
    add column version bigint not null default 0;
comment on column local_identities.version is 'Changes with the identity, its principals, its memberships and its groups.';

create trigger identity_changes before insert or update on local_identities
    for each row execute function raise_version();

create function raise_version_of_user() returns trigger
    language plpgsql security definer as $$
begin
    if tg_op = 'TRUNCATE' then
        update local_identities set version = version where kind = 'user';
    else
        update local_identities set version = version
        where guid in (case when tg_op <> 'INSERT' then old.user_guid end,
                       case when tg_op <> 'DELETE' then new.user_guid end);
    end if;
    return null;
end $$;

create trigger principal_changes after insert or update or delete on local_principals
    for each row execute function raise_version_of_user();
create trigger principals_are_emptied after truncate on local_principals
    for each statement execute function raise_version_of_user();
create trigger membership_changes after insert or update or delete on local_memberships
    for each row execute function raise_version_of_user();
create trigger memberships_are_emptied after truncate on local_memberships
    for each statement execute function raise_version_of_user();

create function raise_version_of_members() returns trigger
    language plpgsql security definer as $$
begin
    update local_identities set version = version
    where guid in (select user_guid from local_memberships where group_guid = new.guid);
    return null;
end $$;

create trigger group_changes after update on local_identities
    for each row when (new.kind = 'group') execute function raise_version_of_members();

alter table local_identities enable always trigger identity_changes;
alter table local_identities enable always trigger group_changes;
alter table local_principals enable always trigger principal_changes;
alter table local_principals enable always trigger principals_are_emptied;
alter table local_memberships enable always trigger membership_changes;
alter table local_memberships enable always trigger memberships_are_emptied;

do $$
begin
    execute format('alter function raise_version_of_user() set search_path = %I, pg_temp', current_schema());
    execute format('alter function raise_version_of_members() set search_path = %I, pg_temp', current_schema());
end $$;
revoke execute on function raise_version_of_user(), raise_version_of_members() from public;
