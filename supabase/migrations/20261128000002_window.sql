-- Who waits for the morning keeps nobody else waiting either: a graver fix that no hours bind goes past it at night.
set role nightshift_owner;
set search_path = nightshift;

-- The index that holds one release a target is made of it.
drop index releases_one_a_target;
-- A release that was told no, whatever for, before it has moved anything of a target gives its place there up.
create or replace function parked(state text, facts jsonb) returns boolean language sql immutable parallel safe set search_path = pg_catalog as $$
  select facts ? 'refused' and (state = 'staging' and not facts ? 'stagingSha' or state = 'promoting' and not facts ? 'mainSha')
$$;
create unique index releases_one_a_target on releases (project, lane(state, facts)) where lane(state, facts) is not null;

reset role;
reset search_path;
