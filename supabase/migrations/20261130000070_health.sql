-- What whoever watches Nightshift asks: when each agent looked last, how the parts were when somebody last tried them, and
-- which migrations this database has.
create function nightshift.applied_migrations() returns setof text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- Whoever applied them by hand kept no record.
  if to_regclass('supabase_migrations.schema_migrations') is null then return; end if;
  return query select m.version::text from supabase_migrations.schema_migrations m;
end $$;
-- Of whoever migrates, whose functions some databases give to everybody by default.
revoke execute on function nightshift.applied_migrations() from public, anon, authenticated, service_role;
grant execute on function nightshift.applied_migrations() to nightshift_app;

set role nightshift_owner;
set search_path = nightshift;

-- The newest tick of each agent, whichever process made it.
create table agent_ticks (
  agent    text primary key check (agent in ('watcher', 'investigator', 'implementer', 'releaser')),
  at       timestamptz not null default clock_timestamp(),
  steps    int not null check (steps >= 0),
  troubles int not null check (troubles between 0 and steps)
);

-- How a part was when it was last tried. `why` is ours to write: no words of what runs in it.
create table part_checks (
  part text primary key check (part ~ '^[a-z][a-z:-]{0,59}$'),
  ok   boolean not null,
  why  text check (length(why) <= 500),
  at   timestamptz not null default clock_timestamp(),
  check (ok = (why is null))
);

alter table agent_ticks enable row level security;
alter table part_checks enable row level security;
grant select, insert, update on agent_ticks to nightshift_app;
grant select, insert, update on part_checks to nightshift_app;

reset role;
reset search_path;
