-- What an owner connected this installation with: names and numbers for the audit of every project, never a secret; and
-- what somebody outside has to be answered with before they send anything.
set role nightshift_owner;
set search_path = nightshift;

create table connections (
  name text primary key check (name ~ '^[a-z-]{1,40}$'),
  at   timestamptz not null default clock_timestamp(),
  -- Names, numbers and the codes that are shown to anybody who asks; see lib/domain/connection.ts.
  facts jsonb not null check (jsonb_typeof(facts) = 'object')
);
alter table connections enable row level security;
grant select on connections to nightshift_app;

create function note_connection(called text, known jsonb, who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare pr record;
begin
  -- Projects first and in order, as everything that writes an audit row does.
  perform 1 from projects x order by x.id for no key update;
  if not exists (select from people x where x.id = who and x.role = 'owner') then
    return query select 'refused', 'only an owner may change this'; return; end if;
  insert into connections (name, facts) values (called, known)
  on conflict (name) do update set at = clock_timestamp(), facts = connections.facts || excluded.facts;
  for pr in select x.id from projects x order by x.id loop
    perform audit_append(pr.id, person_named(who), 'control.connected',
      jsonb_build_object('person', who, 'via', via, 'with', called) || jsonb_build_object('facts', known));
  end loop;
  return query select 'done', null::text;
end $$;

revoke execute on function note_connection from public;
grant execute on function note_connection to nightshift_app;

reset role;
reset search_path;
