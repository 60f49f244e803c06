-- Every refresh writes a new entry into each index of a grant. By the very moment of its end, that entry lay on a page of its
-- own for each of ten million grants, which PostgreSQL had to read and to write whole into its log after each checkpoint. By
-- the hour, the entries of many grants lie together on few pages.

create index grants_by_hour_of_end on grants (date_trunc('hour', least(ended_at, refresh_until) at time zone 'UTC'));
comment on index grants_by_hour_of_end is 'The hour in which a grant was ended, or its time is up.';
