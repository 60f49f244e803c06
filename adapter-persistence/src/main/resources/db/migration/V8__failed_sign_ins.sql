-- Failed sign-ins with passwords, and from where names have signed in. Expands only: the version before knows nothing of
-- these tables.

create table failed_sign_ins (
    subject             bytea         primary key check (length(subject) = 32),
    allowed             int           not null check (allowed > 0),
    kept_waiting_by_one boolean       not null,
    failed_at           timestamptz[] not null,
    beyond              int           not null,
    waits_until         timestamptz,
    waited_until        timestamptz,
    last_at             timestamptz   not null
);
comment on table failed_sign_ins is 'What is counted of a name, of a name from one address, or of an address, within the last minutes.';
comment on column failed_sign_ins.subject is 'A digest: who mistakes the field of the name for that of the password is not written down.';
comment on column failed_sign_ins.failed_at is 'Newest first, never more than allowed.';
comment on column failed_sign_ins.beyond is 'How many failures there were too many, in a row.';
comment on column failed_sign_ins.kept_waiting_by_one is 'Whether one failure soon after a wait is enough for the next one: of a name, not of an address.';
comment on column failed_sign_ins.waited_until is 'What waits_until was before the last failure: how it stood with whoever failed.';

create index failed_sign_ins_by_age on failed_sign_ins (last_at);

create table sign_in_addresses (
    subject      bytea       primary key check (length(subject) = 32),
    signed_in_at timestamptz not null
);
comment on table sign_in_addresses is 'From where names have signed in with passwords of late, to the day: guesses from elsewhere do not lock them out there.';
comment on column sign_in_addresses.subject is 'A digest of the name and the address.';

create index sign_in_addresses_by_age on sign_in_addresses (signed_in_at);
