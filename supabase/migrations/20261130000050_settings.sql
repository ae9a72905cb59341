-- Where a project's code and app live, as an owner sets it, and further projects. The policy's version stays; but what was
-- approved was to go somewhere, so a change of where it goes voids approvals, and waits while something is on its way.
set role nightshift_owner;
set search_path = nightshift;

-- What may change without anything else arriving elsewhere; every other setting says where something goes.
create function place_of(sett jsonb) returns jsonb language sql immutable parallel safe set search_path = pg_catalog as $$
  select sett - 'notify' - 'sentry'
$$;

-- `seen`: the settings as the person saw them, by their sum. The audit keeps both sides.
create function set_settings(p int, sett jsonb, seen text, who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare pr projects; why text; moves boolean;
begin
  select * into pr from projects where id = p for no key update;
  moves := place_of(pr.settings) is distinct from place_of(sett);
  why := case when pr.id is null then 'unknown project'
    when not exists (select from people x where x.id = who and x.role = 'owner') then 'only an owner may change this'
    when jsonb_typeof(sett) is distinct from 'object' then 'these are no settings'
    when md5(pr.settings::text) <> seen then 'the settings changed since this was shown'
    when moves and exists (select from effects e where e.project = p and e.state = 'sending' and e.class <> 'tell')
      then 'a call is under way where the settings lead to: wait for its end'
    when moves and exists (select from releases r where r.project = p and lane(r.state, r.facts) is not null)
      then 'a release is on its way: let it end, or roll it back, before it is led elsewhere' end;
  if why is not null then return query select 'refused', why; return; end if;
  if pr.settings = sett then return query select 'already', null::text; return; end if;
  update projects set settings = sett where id = p;
  if moves then
    update approvals set revoked_at = clock_timestamp(), revoked_why = 'where it goes to was changed'
    where project = p and revoked_at is null;
  end if;
  update work set due_at = clock_timestamp() where project = p;
  perform audit_append(p, person_named(who), 'control.settings', jsonb_build_object('person', who, 'via', via,
    'settings', sett, 'was', pr.settings));
  return query select 'done', null::text;
end $$;

-- By an owner, at level 1: the level is raised by the verb for it, with the password.
create function add_project(s text, n text, pol jsonb, sett jsonb, key text, salted bytea, who int, via text)
returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('nightshift.add_project'));
  if not exists (select from people x where x.id = who and x.role = 'owner') then
    return query select 'refused', 'only an owner may change this'; return; end if;
  if exists (select from projects where slug = s) then
    return query select 'refused', 'there is a project called ' || s || ' already'; return; end if;
  perform register_project(s, n, 1, pol, sett, key, salted, person_named(who));
  return query select 'done', null::text;
end $$;

revoke execute on function place_of, set_settings, add_project from public;
grant execute on function set_settings, add_project to nightshift_app;

reset role;
reset search_path;
