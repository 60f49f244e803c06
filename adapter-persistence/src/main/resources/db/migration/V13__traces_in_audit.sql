-- The trace id of the request, which a refused client is shown. Expands only.

alter table audit_events
    add column trace text;
comment on column audit_events.trace is 'The X-Trace-Id of the request; null: no request, or a line of an older version.';
