-- What is no object is refused in words: it has no places, and taking keys from it failed before anything was answered.
set role nightshift_owner;
set search_path = nightshift;

create or replace function place_of(sett jsonb) returns jsonb language sql immutable parallel safe set search_path = pg_catalog as $$
  select case when jsonb_typeof(sett) = 'object' then sett - 'notify' - 'sentry' else sett end
$$;

reset role;
reset search_path;
