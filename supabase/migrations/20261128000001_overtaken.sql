-- What was proven is what ships, so a fix whose base production no longer runs is proven again, on what runs there now:
-- that costs no attempt and says nothing against its patch. And who waits for a person keeps nobody else waiting.
set role nightshift_owner;
set search_path = nightshift;

alter table fixes add column superseded boolean not null default false;
-- Of a refusal after which another attempt would end the same way: a person takes over.
alter table fixes add column final boolean not null default false;
grant update (final) on fixes to nightshift_app;
alter table fixes drop constraint fixes_issue_attempt_base_key;
create unique index fixes_one_an_attempt on fixes (issue, attempt, base) where not superseded;

alter table releases drop constraint releases_state_check;
alter table releases add constraint releases_state_check check (state in ('staging', 'soaking', 'promoting', 'watching', 'rolling-back',
  'cured', 'unexposed', 'relapsed', 'rolled-back', 'overtaken', 'held'));

-- A release that waits for an approval before it has moved anything of a target gives its place there up.
create function parked(state text, facts jsonb) returns boolean language sql immutable parallel safe set search_path = pg_catalog as $$
  select coalesce((facts->'refused'->>'asks')::boolean, false)
    and (state = 'staging' and not facts ? 'stagingSha' or state = 'promoting' and not facts ? 'mainSha')
$$;
drop index releases_one_a_target;
create or replace function lane(state text, facts jsonb) returns text language sql immutable parallel safe set search_path = nightshift, pg_catalog as $$
  select case when parked(state, facts) then null
    when state in ('staging', 'soaking') then 'staging' when state in ('promoting', 'watching') then 'production'
    when state = 'rolling-back' then coalesce(facts->'back'->>'lane', 'production') end
$$;
create unique index releases_one_a_target on releases (project, lane(state, facts)) where lane(state, facts) is not null;

-- By the releaser that found it overtaken; what people approved was that tree, on that base.
create function supersede_fix(fx text, because text, s text, f bigint) returns boolean
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare p int;
begin
  select project into p from fixes where id = fx;
  perform 1 from projects where id = p for no key update;
  if not lease_live(s, f) then return false; end if;
  update fixes set superseded = true where id = fx and not superseded;
  if not found then return true; end if;
  update approvals set revoked_at = clock_timestamp(), revoked_why = because where fix = fx and revoked_at is null;
  perform audit_append(p, 'releaser', 'fix.superseded', jsonb_build_object('fix', fx, 'why', because));
  return true;
end $$;

-- A release that was told no by a person's absence looks again when production changes, not only when the clock says so.
create function wake_parked(p int) returns void language sql security definer set search_path = nightshift, pg_temp as $$
  update work w set due_at = clock_timestamp(), nudged = true
  where w.project = p and exists (select from releases r where r.project = p and w.subject = 'release:' || r.id and parked(r.state, r.facts))
$$;

create or replace function change_problem(pr projects, f fixes, subj text, k text, knd text, tgt text, tr text, decision jsonb, a approvals)
returns text language plpgsql stable set search_path = nightshift, pg_temp as $$
declare today timestamptz; why text;
begin
  if pr.paused_at is not null then return 'paused'; end if;
  if f.id is null or f.tree is distinct from tr then return 'this is not the tree that was proven'; end if;
  if f.superseded then return 'production moved on: it is proven again'; end if;
  if exists (select from fixes x where x.project = pr.id and (x.id = f.id or x.patch = f.patch) and (x.withdrawn or x.state = 'refused'))
    then return 'this patch was refused or rolled back'; end if;
  if (select count(*) from releases r where r.issue = f.issue and r.state = 'rolled-back' and r.facts->'back'->>'kind' is distinct from 'rejected') >= 3
    then return 'three rollbacks: a person takes over'; end if;
  if exists (select from releases r where r.fix = f.id and r.state = 'rolling-back')
    then return 'this release is being taken back'; end if;
  if tgt in ('staging', 'production') then
    if exists (select from releases r where r.project = pr.id and r.fix <> f.id and lane(r.state, r.facts) = tgt)
      then return 'another release is on its way there'; end if;
    if exists (select from releases r where r.fix = f.id and parked(r.state, r.facts))
      then return 'it gave its place up and has to take it again'; end if;
  end if;
  if (decision->>'policyVersion')::int is distinct from pr.policy_version then return 'policy changed'; end if;
  if decision->>'answer' = 'ask' then
    why := approval_problem(a, f, pr, subj, k, knd, tgt);
    if why is not null then return why; end if;
  elsif decision->>'answer' is distinct from 'go' then return 'the decision says stop';
  end if;
  -- After the approval: who is to approve in the evening what ships in the morning has to be asked in the evening.
  if not coalesce(clock_timestamp() >= (decision->>'from')::timestamptz and clock_timestamp() < (decision->>'until')::timestamptz, false)
    then return 'outside its window'; end if;
  -- The day of the cap is the project's; tries count, not successes, and counted under the lock they cannot overrun it.
  if knd = 'promote' and tgt = 'production' then
    today := date_trunc('day', clock_timestamp(), coalesce(pr.policy->'hours'->>'zone', 'Europe/London'));
    if (select count(*) from effects x where x.project = pr.id and x.kind = 'promote' and x.target = 'production' and x.at >= today)
       >= pr.cap_per_day then return 'daily cap'; end if;
  end if;
  return null;
end $$;

-- As before, and never of a fix that is proven again meanwhile; what waits before its release began is woken too.
create or replace function approve(fx text, seen_tree text, tgt text, seen_version int, who int, via text, hold interval)
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
    when f.superseded then 'production moved on: it is proven again'
    when f.state <> 'proven' or f.tree is distinct from seen_tree then 'this is not the tree that was proven'
    when pr.policy_version <> seen_version then 'the policy changed since this was shown'
    when r.state = 'rolling-back' then 'this release is being taken back'
    when r.state in ('watching', 'cured', 'unexposed', 'relapsed', 'rolled-back', 'overtaken') then 'it is out already' end;
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

-- As before; what was overtaken was taken back already.
create or replace function order_rollback(rel int, who int, via text, because text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare r releases;
begin
  select * into r from releases where id = rel;
  perform 1 from projects where id = r.project for no key update;
  select * into r from releases where id = rel;
  if r.id is null then return query select 'refused', 'unknown release'; return; end if;
  if not may_decide(who) then return query select 'refused', 'this person may not decide'; return; end if;
  if r.state in ('rolled-back', 'overtaken') or r.state = 'rolling-back' and r.back_by is not null then return query select 'already', null::text; return; end if;
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

-- The gravest issue first, then what is due longest: lesser fixes that ship one after another would overtake it for ever.
-- Releases and projects have no severity; they come before issues, since something of theirs is on its way.
create or replace function claim_work(a text, lease interval) returns table (subject text, project int, fence bigint, tries int)
language sql security definer set search_path = nightshift, pg_temp as $$
  update work w set lease_until = clock_timestamp() + lease, fence = w.fence + 1, tries = w.tries + 1, nudged = false
  where w.subject = (
    select x.subject from work x
    where x.agent = a and x.due_at <= clock_timestamp() and (x.lease_until is null or x.lease_until < clock_timestamp())
    order by (select i.severity from issues i where x.subject ~ '^issue:[0-9]{1,9}$' and i.id = split_part(x.subject, ':', 2)::int) nulls first,
      x.due_at limit 1 for update skip locked)
  returning w.subject, w.project, w.fence, w.tries
$$;

revoke execute on all functions in schema nightshift from public;
grant execute on function supersede_fix, wake_parked, parked to nightshift_app;

reset role;
reset search_path;
