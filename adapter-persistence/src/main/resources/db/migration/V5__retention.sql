-- What is over is found without reading what lives. Expands only.

create index grants_by_end on grants (least(ended_at, refresh_until));
comment on index grants_by_end is 'When a grant was ended, or its time is up.';

create index grants_by_disuse on grants (access_expires_at) where ended_at is null;
comment on index grants_by_disuse is 'Since when a grant has no good access token; for the unused expiry.';
