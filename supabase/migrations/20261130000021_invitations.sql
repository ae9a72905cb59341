-- People come by invitation: bound to an address that was verified where they sign in, for a week, once. Every change is an
-- owner's, and is in the audit of the projects it concerns.
set role nightshift_owner;
set search_path = nightshift;

create table invitations (
  id         int generated always as identity primary key,
  email      text not null check (email = lower(email) and length(email) <= 254 and email like '%_@_%'),
  role       text not null check (role in ('owner', 'operator', 'viewer')),
  projects   int[] not null,
  invited_by int not null references people,
  at         timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at    timestamptz,
  used_by    int references people,
  revoked_at timestamptz,
  check (used_at is null or revoked_at is null)
);
create unique index invitations_open on invitations (email) where used_at is null and revoked_at is null;

-- One change at a time, also where there is no project yet; then the projects in order, as whatever writes an audit row does.
create function hold_people() returns void language plpgsql set search_path = nightshift, pg_temp as $$ begin
  perform pg_advisory_xact_lock(7225701);
  perform 1 from projects x order by x.id for no key update;
end $$;

-- In the audit of these projects; of all of them where it is about no project or about an owner. Names no other project.
create function audit_people(pr int[], actor text, what text, body jsonb) returns void
language plpgsql set search_path = nightshift, pg_temp as $$
declare x record;
begin
  for x in select id from projects where pr is null or pr = '{}' or id = any (pr) order by id loop
    perform audit_append(x.id, actor, what, jsonb_strip_nulls(body));
  end loop;
end $$;

-- Null, or why this may not be changed by whoever asks.
create function people_problem(who int, r text, pr int[]) returns text language sql stable set search_path = nightshift, pg_temp as $$
  select case when not exists (select from people where id = who and role = 'owner') then 'only an owner may change this'
    when r not in ('owner', 'operator', 'viewer') then 'unknown role'
    when exists (select from unnest(pr) x where not exists (select from projects p where p.id = x)) then 'unknown project' end
$$;

create function invite(mail text, r text, pr int[], who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare why text; was invitations;
begin
  perform hold_people();
  why := people_problem(who, r, pr);
  if why is null and exists (select from people where email = mail and role <> 'removed') then why := 'this address is somebody’s here already'; end if;
  if why is not null then return query select 'refused', why; return; end if;
  select * into was from invitations i where i.email = mail and i.used_at is null and i.revoked_at is null;
  update invitations i set revoked_at = clock_timestamp() where i.id = was.id;
  insert into invitations (email, role, projects, invited_by, expires_at)
  values (mail, r, case when r = 'owner' then '{}' else pr end, who, clock_timestamp() + interval '7 days');
  perform audit_people(case when r = 'owner' then null else pr end, person_named(who), 'control.invited',
    jsonb_build_object('person', who, 'via', via, 'email', mail, 'role', r, 'replaces', was.id));
  return query select 'done', null::text;
end $$;

create function uninvite(invitation int, who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare was invitations; why text;
begin
  perform hold_people();
  select * into was from invitations i where i.id = invitation;
  why := case when was.id is null then 'unknown invitation' when was.used_at is not null then 'it was used: remove the person instead' end;
  why := coalesce(people_problem(who, 'viewer', '{}'), why);
  if why is not null then return query select 'refused', why; return; end if;
  if was.revoked_at is not null then return query select 'already', null::text; return; end if;
  update invitations i set revoked_at = clock_timestamp() where i.id = invitation;
  perform audit_people(case when was.role = 'owner' then null else was.projects end, person_named(who), 'control.uninvited',
    jsonb_build_object('person', who, 'via', via, 'email', was.email, 'role', was.role));
  return query select 'done', null::text;
end $$;

-- Role and projects at once, so that nobody is for a moment what was not meant.
create function set_person(p int, r text, pr int[], who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare was people; had int[]; has int[]; why text;
begin
  perform hold_people();
  select * into was from people x where x.id = p and x.role <> 'removed';
  select coalesce(array_agg(m.project order by m.project), '{}') into had from members m where m.person = p;
  select coalesce(array_agg(distinct x order by x), '{}') into has from unnest(case when r = 'owner' then '{}' else pr end) x;
  why := case when was.id is null then 'unknown person'
    when was.role = 'owner' and r <> 'owner' and not exists (select from people x where x.role = 'owner' and x.id <> p) then 'the last owner stays one' end;
  why := coalesce(people_problem(who, r, pr), why);
  if why is not null then return query select 'refused', why; return; end if;
  if was.role = r and had = has then return query select 'already', null::text; return; end if;
  update people x set role = r where x.id = p;
  delete from members m where m.person = p and not m.project = any (has);
  insert into members (project, person) select x, p from unnest(has) x on conflict do nothing;
  perform audit_people(case when 'owner' in (was.role, r) then null else had || has end, person_named(who), 'control.role',
    jsonb_build_object('person', who, 'via', via, 'of', p, 'name', was.name, 'from', was.role, 'role', r));
  return query select 'done', null::text;
end $$;

create function remove_person(p int, who int, via text) returns table (answer text, reason text)
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
  update people x set role = 'removed', slack_id = null where x.id = p;
  delete from members m where m.person = p;
  update invitations i set revoked_at = clock_timestamp() where i.invited_by = p and i.used_at is null and i.revoked_at is null;
  perform audit_people(case when was.role = 'owner' then null else had end, person_named(who), 'control.removed',
    jsonb_build_object('person', who, 'via', via, 'of', p, 'name', was.name, 'from', was.role));
  return query select 'done', null::text;
end $$;

-- Somebody whose address was verified where they signed in, at the moment they sign in. Answers who they are here:
-- `known`, `owner` (the first one, by the address the installation was given), `invited`, `open`, or `refused`.
create function welcome(sub uuid, mail text, owner_mail text, open boolean) returns table (person int, answer text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare me people; inv invitations; claims boolean;
begin
  select * into me from people x where x.subject = sub and x.role <> 'removed';
  if me.id is not null and me.email = mail then return query select me.id, 'known'; return; end if;
  perform hold_people();
  select * into me from people x where x.subject = sub and x.role <> 'removed';
  if me.id is not null then
    -- The address changed there, and is nobody else's here.
    update people x set email = mail, name = mail where x.id = me.id and not exists (select from people o where o.email = mail);
    return query select me.id, 'known'; return;
  end if;
  -- Whoever was here before, under this id or this address, is the same person again; a living row of the address is not.
  select * into me from people x where x.subject = sub or x.email = mail order by (x.subject = sub) is true desc limit 1;
  if me.role <> 'removed' or (select count(*) from people x where x.subject = sub or x.email = mail) > 1 then
    return query select null::int, 'refused'; return; end if;
  claims := mail = owner_mail and not exists (select from people x where x.role = 'owner' and x.subject is not null);
  if claims and me.id is null then select * into me from people x where x.role = 'owner' and x.subject is null order by x.id limit 1; end if;
  select * into inv from invitations i where i.email = mail and i.used_at is null and i.revoked_at is null and i.expires_at > clock_timestamp()
    and exists (select from people x where x.id = i.invited_by and x.role = 'owner');
  -- Whoever was removed comes back by invitation alone.
  if not claims and inv.id is null and (me.id is not null or not open) then return query select null::int, 'refused'; return; end if;
  if me.id is null then
    insert into people (name, role, subject, email) values (mail, 'viewer', sub, mail) returning * into me;
  end if;
  update people x set name = mail, subject = sub, email = mail, role = case when claims then 'owner' else coalesce(inv.role, 'viewer') end
  where x.id = me.id returning * into me;
  if not claims then insert into members (project, person) select x.id, me.id from projects x where x.id = any (inv.projects); end if;
  update invitations i set used_at = clock_timestamp(), used_by = me.id where i.id = inv.id;
  -- Whoever just came in concerns no project, and strangers write nothing into anybody's audit.
  if not claims and inv.id is null then return query select me.id, 'open'; return; end if;
  perform audit_people(case when me.role = 'owner' then null else inv.projects end, mail, 'control.joined',
    jsonb_build_object('person', me.id, 'role', me.role, 'how', case when claims then 'owner' else 'invited' end,
      'invitedBy', case when not claims then person_named(inv.invited_by) end));
  return query select me.id, case when claims then 'owner' else 'invited' end;
end $$;

-- Whether a mail may be sent to this address at all: nobody is written to who has no business here.
create function expected(mail text, owner_mail text) returns boolean language sql stable security definer set search_path = nightshift, pg_temp as $$
  select exists (select from people where email = mail and role <> 'removed')
    or exists (select from invitations where email = mail and used_at is null and revoked_at is null and expires_at > clock_timestamp())
    or mail = owner_mail and not exists (select from people where role = 'owner' and subject is not null)
$$;

alter table invitations enable row level security;
grant select on invitations to nightshift_app;
revoke execute on function hold_people, audit_people, people_problem, invite, uninvite, set_person, remove_person, welcome, expected from public;
grant execute on function invite, uninvite, set_person, remove_person, welcome, expected to nightshift_app;

reset role;
reset search_path;
