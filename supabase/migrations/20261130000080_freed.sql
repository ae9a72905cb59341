-- Whoever is removed keeps no name of theirs elsewhere: it is free for whom it belongs to, and nobody sees any more whose it
-- was. And nobody who was removed is linked.
set role nightshift_owner;
set search_path = nightshift;

update people set github_login = null where role = 'removed';

create or replace function remove_person(p int, who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare was people; had int[]; why text;
begin
  perform hold_people();
  select * into was from people x where x.id = p;
  select coalesce(array_agg(m.project order by m.project), '{}') into had from members m where m.person = p;
  why := case when was.id is null then 'unknown person'
    when was.role = 'owner' and not exists (select from people x where x.role = 'owner' and x.id <> p) then 'the last owner stays one' end;
  why := coalesce(people_problem(who, 'viewer', '{}'), why);
  if why is not null then return query select 'refused', why; return; end if;
  if was.role = 'removed' then return query select 'already', null::text; return; end if;
  update people x set role = 'removed', slack_id = null, github_login = null where x.id = p;
  delete from members m where m.person = p;
  update invitations i set revoked_at = clock_timestamp() where i.invited_by = p and i.used_at is null and i.revoked_at is null;
  perform audit_people(case when was.role = 'owner' then null else had end, person_named(who), 'control.removed',
    jsonb_build_object('person', who, 'via', via, 'of', p, 'name', was.name, 'from', was.role));
  return query select 'done', null::text;
end $$;

create or replace function link_github(p int, login text, who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare was people; pr record; named text := lower(login);
begin
  -- Projects first and in order, as everything that writes an audit row does.
  perform 1 from projects x order by x.id for no key update;
  select * into was from people x where x.id = p and x.role <> 'removed' for update;
  if not exists (select from people x where x.id = who and x.role = 'owner') then
    return query select 'refused', 'only an owner may change this'; return; end if;
  if was.id is null then return query select 'refused', 'unknown person'; return; end if;
  if named !~ '^[a-z0-9](-?[a-z0-9]){0,38}$' then return query select 'refused', 'this is no name on GitHub'; return; end if;
  if was.github_login is not distinct from named then return query select 'already', null::text; return; end if;
  if exists (select from people x where x.github_login = named) then
    return query select 'refused', 'this name on GitHub is linked to somebody else'; return; end if;
  update people x set github_login = named where x.id = p;
  for pr in select x.id from projects x order by x.id loop
    perform audit_append(pr.id, person_named(who), 'control.linked', jsonb_strip_nulls(jsonb_build_object('person', who, 'via', via,
      'linked', p, 'name', was.name, 'github', named, 'was', was.github_login)));
  end loop;
  return query select 'done', null::text;
end $$;

reset role;
reset search_path;
