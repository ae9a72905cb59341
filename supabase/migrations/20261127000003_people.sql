-- What people do, each under the project's row, each with its audit row. Answers are `done`, `already` (it is so, nothing
-- changed) or `refused` with a reason. Only somebody in `people` can decide: no agent is.
set role nightshift_owner;
set search_path = nightshift;

create function person_named(p int) returns text language sql stable set search_path = nightshift, pg_temp as $$
  select name from people where id = p
$$;

-- Whoever holds the lease loses it: the work starts anew, now, with this agent.
create function hand_to(s text, p int, a text) returns void language sql set search_path = nightshift, pg_temp as $$
  insert into work (subject, project, agent) values (s, p, a)
  on conflict (subject) do update set agent = a, fence = work.fence + 1, lease_until = null, due_at = clock_timestamp(),
    tries = 0, nudged = false, trouble = null
$$;

-- Stopping is always allowed, for agents too. What is on its way is in `effects`, state `sending`.
create function pause(p int, who text, why text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare pr projects;
begin
  select * into pr from projects where id = p for no key update;
  if not found then return query select 'refused', 'unknown project'; return; end if;
  if pr.paused_at is not null then return query select 'already', null::text; return; end if;
  update projects set paused_at = clock_timestamp(), paused_by = who, paused_why = why where id = p;
  perform audit_append(p, who, 'control.paused', jsonb_build_object('why', why,
    'inFlight', (select coalesce(jsonb_agg(key order by key), '[]') from effects where project = p and state = 'sending' and class <> 'tell')));
  return query select 'done', null::text;
end $$;

create function resume(p int, who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare pr projects;
begin
  select * into pr from projects where id = p for no key update;
  if not found then return query select 'refused', 'unknown project'; return; end if;
  if not may_decide(who) then return query select 'refused', 'this person may not decide'; return; end if;
  if pr.paused_at is null then return query select 'already', null::text; return; end if;
  update projects set paused_at = null, paused_by = null, paused_why = null where id = p;
  update work set due_at = clock_timestamp() where project = p;
  perform audit_append(p, person_named(who), 'control.resumed', jsonb_build_object('person', who, 'via', via, 'pausedAt', pr.paused_at));
  return query select 'done', null::text;
end $$;

-- Bound to what the person saw: this tree, on this base, up to this target, under this policy.
create function approve(fx text, seen_tree text, tgt text, seen_version int, who int, via text, hold interval)
returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare f fixes; pr projects; r releases; why text;
begin
  select * into f from fixes where id = fx;
  select * into pr from projects where id = f.project for no key update;
  select * into f from fixes where id = fx;
  select * into r from releases x where x.fix = fx;
  why := case
    when f.id is null then 'unknown fix'
    when not may_decide(who) then 'this person may not decide'
    when tgt not in ('staging', 'production') then 'unknown target'
    when f.withdrawn or f.state = 'refused' then 'this patch was refused or rolled back'
    when f.state <> 'proven' or f.tree is distinct from seen_tree then 'this is not the tree that was proven'
    when pr.policy_version <> seen_version then 'the policy changed since this was shown'
    when r.state = 'rolling-back' then 'this release is being taken back'
    when r.state in ('watching', 'cured', 'unexposed', 'relapsed', 'rolled-back') then 'it is out already' end;
  if why is not null then return query select 'refused', why; return; end if;
  update approvals a set revoked_at = clock_timestamp(), revoked_why = case when a.expires_at <= clock_timestamp() then 'it expired' else 'the policy changed' end
  where a.fix = fx and a.target = tgt and a.revoked_at is null
    and (a.expires_at <= clock_timestamp() or a.policy_version <> pr.policy_version or not may_decide(a.person));
  if exists (select from approvals a where a.fix = fx and a.tree = f.tree and a.target = tgt and a.revoked_at is null) then
    return query select 'already', null::text; return; end if;
  insert into approvals (project, fix, base, tree, target, policy_version, person, expires_at)
  values (pr.id, fx, f.base, f.tree, tgt, pr.policy_version, who, clock_timestamp() + hold);
  perform nudge('release:' || r.id);
  perform audit_append(pr.id, person_named(who), 'control.approved', jsonb_build_object('person', who, 'via', via, 'fix', fx, 'issue', f.issue,
    'base', f.base, 'tree', f.tree, 'target', tgt, 'policyVersion', pr.policy_version, 'hours', extract(epoch from hold) / 3600));
  return query select 'done', null::text;
end $$;

-- A release on its way back, with why and who. What it had come to decides what has to be undone.
create function turn_back(r releases, who int, kind text, because text) returns void
language plpgsql set search_path = nightshift, pg_temp as $$ begin
  update releases set state = 'rolling-back', back_by = who, facts = (facts - 'waiting') || jsonb_build_object('back', jsonb_build_object(
    'kind', kind, 'why', because, 'from', r.state, 'at', clock_timestamp(), 'turn', coalesce((r.facts->'back'->>'turn')::int, 0) + 1,
    'lane', coalesce(lane(r.state, r.facts), case when r.facts ? 'mainSha' then 'production' else 'staging' end)))
  where id = r.id;
  -- At once, so that what users meet from now on is the same issue.
  update issues i set state = 'open', closed_as = null, closed_at = null
  where i.id = r.issue and i.state = 'closed'
    and not exists (select from issues o where o.project = i.project and o.fingerprint = i.fingerprint and o.state = 'open');
  perform hand_to('release:' || r.id, r.project, 'releaser');
end $$;

-- The patch never comes again. Once it is going to production it is rolled back instead.
create function reject(fx text, who int, via text, because text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare f fixes; pr projects; r releases; why text;
begin
  select * into f from fixes where id = fx;
  select * into pr from projects where id = f.project for no key update;
  select * into f from fixes where id = fx;
  select * into r from releases x where x.fix = fx;
  if f.withdrawn then return query select 'already', f.withdrawn_why; return; end if;
  why := case
    when f.id is null then 'unknown fix'
    when not may_decide(who) then 'this person may not decide'
    when f.state <> 'proven' then 'there is no proven fix to reject'
    when r.state = 'rolling-back' then 'this release is being taken back'
    when r.state in ('watching', 'cured', 'unexposed', 'relapsed', 'rolled-back') or exists (
      select from effects e where e.project = pr.id and e.fix = fx and e.target = 'production' and e.class = 'change' and e.state <> 'failed')
      then 'it is on its way to production: roll it back instead' end;
  if why is not null then return query select 'refused', why; return; end if;
  because := person_named(who) || ' rejected it: ' || because;
  update fixes set withdrawn = true, withdrawn_why = because where id = fx;
  update approvals set revoked_at = clock_timestamp(), revoked_why = because where fix = fx and revoked_at is null;
  perform audit_append(pr.id, person_named(who), 'control.rejected', jsonb_build_object('person', who, 'via', via, 'fix', fx, 'issue', f.issue, 'why', because));
  if r.id is null then perform hand_to('issue:' || f.issue, pr.id, 'implementer');
  else perform turn_back(r, who, 'rejected', because); end if;
  return query select 'done', null::text;
end $$;

create function order_rollback(rel int, who int, via text, because text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare r releases;
begin
  select * into r from releases where id = rel;
  perform 1 from projects where id = r.project for no key update;
  select * into r from releases where id = rel;
  if r.id is null then return query select 'refused', 'unknown release'; return; end if;
  if not may_decide(who) then return query select 'refused', 'this person may not decide'; return; end if;
  if r.state = 'rolled-back' or r.state = 'rolling-back' and r.back_by is not null then return query select 'already', null::text; return; end if;
  because := person_named(who) || ' rolled it back: ' || because;
  -- Its own health decided already; now it may go on although the project is paused.
  if r.state = 'rolling-back' then
    update releases set back_by = who where id = rel;
    perform hand_to('release:' || rel, r.project, 'releaser');
  elsif exists (select from releases x where x.project = r.project and x.id <> rel
    and lane(x.state, x.facts) = coalesce(lane(r.state, r.facts), case when r.facts ? 'mainSha' then 'production' else 'staging' end)) then
    return query select 'refused', 'another release is on its way there'; return;
  else perform turn_back(r, who, 'ordered', because);
  end if;
  perform audit_append(r.project, person_named(who), 'control.rollback', jsonb_build_object('person', who, 'via', via, 'release', rel,
    'fix', r.fix, 'issue', r.issue, 'from', r.state, 'why', because));
  return query select 'done', null::text;
end $$;

-- Compare-and-swap by the holder of the lease, now with why it was taken back and by what kind of reason.
create or replace function move_release(r int, s text, f bigint, was text, becomes text, new_facts jsonb) returns boolean
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare p int;
begin
  select project into p from releases where id = r;
  perform 1 from projects where id = p for no key update;
  if not lease_live(s, f) then return false; end if;
  update releases set state = becomes, facts = new_facts where id = r and state = was;
  if not found then return false; end if;
  if was <> becomes then
    perform audit_append(p, 'releaser', 'release.' || becomes, jsonb_strip_nulls(jsonb_build_object('release', r, 'from', was,
      'waiting', new_facts->'waiting', 'cure', new_facts->'cure'->'sentence', 'kind', new_facts->'back'->'kind', 'why', new_facts->'back'->'why')));
  end if;
  return true;
end $$;

-- By the releaser that took it back: a rolled-back patch never comes again either.
create function withdraw_fix(fx text, because text, s text, f bigint) returns boolean
language plpgsql security definer set search_path = nightshift, pg_temp as $$ begin
  perform 1 from projects where id = (select project from fixes where id = fx) for no key update;
  if not lease_live(s, f) then return false; end if;
  update fixes set withdrawn = true, withdrawn_why = because where id = fx and not withdrawn;
  update approvals set revoked_at = clock_timestamp(), revoked_why = because where fix = fx and revoked_at is null;
  return true;
end $$;

-- A new policy or level is a new version: decisions and approvals made under the old one are void.
create function new_version(p int, who text) returns int language plpgsql set search_path = nightshift, pg_temp as $$
declare v int;
begin
  update projects set policy_version = policy_version + 1 where id = p returning policy_version into v;
  insert into policies (project, version, by, level, cap_per_day, policy) select id, v, who, level, cap_per_day, policy from projects where id = p;
  update work set due_at = clock_timestamp() where project = p;
  return v;
end $$;

create function owner_problem(pr projects, who int, seen_version int) returns text
language sql stable set search_path = nightshift, pg_temp as $$
  select case when pr.id is null then 'unknown project'
    when not exists (select from people where id = who and role = 'owner') then 'only an owner may change this'
    when pr.policy_version <> seen_version then 'the policy changed since this was shown' end
$$;

-- `seen_seq`: the audit's position when the record for level 3 was read; a rollback since then would be missing in it.
create function set_level(p int, lvl int, who int, via text, seen_version int, seen_seq bigint) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare pr projects; why text; v int;
begin
  select * into pr from projects where id = p for no key update;
  why := owner_problem(pr, who, seen_version);
  if why is null and lvl not between 1 and 3 then why := 'unknown level'; end if;
  if why is null and lvl = 3 and pr.level <> 3 and pr.audit_seq is distinct from seen_seq then why := 'the record moved on: look at it again'; end if;
  if why is not null then return query select 'refused', why; return; end if;
  if pr.level = lvl then return query select 'already', null::text; return; end if;
  update projects set level = lvl where id = p;
  v := new_version(p, person_named(who));
  perform audit_append(p, person_named(who), 'control.level', jsonb_build_object('person', who, 'via', via, 'from', pr.level, 'level', lvl, 'policyVersion', v));
  return query select 'done', null::text;
end $$;

create function set_policy(p int, pol jsonb, cap int, who int, via text, seen_version int) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare pr projects; why text; v int;
begin
  select * into pr from projects where id = p for no key update;
  why := owner_problem(pr, who, seen_version);
  if why is not null then return query select 'refused', why; return; end if;
  if pr.policy = pol and pr.cap_per_day = cap then return query select 'already', null::text; return; end if;
  update projects set policy = pol, cap_per_day = cap where id = p;
  v := new_version(p, person_named(who));
  perform audit_append(p, person_named(who), 'control.policy', jsonb_build_object('person', who, 'via', via, 'policyVersion', v,
    'capPerDay', cap, 'policy', pol, 'was', pr.policy));
  return query select 'done', null::text;
end $$;

-- A new project starts at level 1 unless a person says 2; level 3 is earned, never given.
create or replace function register_project(s text, n text, lvl int, pol jsonb, sett jsonb, key text, salted bytea, by text)
returns table (id int, ingest_no int, ingest_key text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare pr projects;
begin
  if lvl not in (1, 2) then raise exception 'a project starts at level 1 or 2' using errcode = '22023'; end if;
  select * into pr from projects where slug = s;
  if not found then
    insert into projects (slug, name, level, policy, settings, ingest_no, ingest_key, salt)
    values (s, n, lvl, pol, sett, (select coalesce(max(p.ingest_no), 0) + 1 from projects p), key, salted) returning * into pr;
    perform 1 from projects p where p.id = pr.id for no key update;
    insert into policies (project, version, by, level, cap_per_day, policy) values (pr.id, 1, by, lvl, pr.cap_per_day, pol);
    perform audit_append(pr.id, by, 'control.registered', jsonb_build_object('slug', s, 'level', lvl, 'policy', pol));
  end if;
  insert into work (subject, project, agent) values ('project:' || pr.id, pr.id, 'watcher') on conflict do nothing;
  return query select pr.id, pr.ingest_no, pr.ingest_key;
end $$;

revoke execute on all functions in schema nightshift from public;
grant execute on function pause, resume, approve, reject, order_rollback, withdraw_fix, set_level, set_policy to nightshift_app;

reset role;
reset search_path;
