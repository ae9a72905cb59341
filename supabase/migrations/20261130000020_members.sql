-- Who is a member of what: people look at, and decide about, the projects they are members of. An owner of the installation
-- is a member of all. Whoever was removed keeps the row, since approvals and the audit speak of it, and holds no role.
set role nightshift_owner;
set search_path = nightshift;

alter table people alter column password_hash drop not null;
alter table people drop constraint people_role_check;
alter table people add constraint people_role_check check (role in ('owner', 'operator', 'viewer', 'removed'));
-- Who somebody is where they sign in: the id there, and the address that was verified there.
alter table people add column subject uuid unique;
alter table people add column email text unique check (email = lower(email) and length(email) <= 254);

create table members (
  project int not null references projects,
  person  int not null references people,
  at      timestamptz not null default clock_timestamp(),
  primary key (project, person)
);
-- Until now everybody was.
insert into members (project, person) select pr.id, p.id from projects pr, people p where p.role <> 'owner';

create function is_member(p int, pr int) returns boolean language sql stable set search_path = nightshift, pg_temp as $$
  select exists (select from people x where x.id = p
    and (x.role = 'owner' or x.role <> 'removed' and exists (select from members m where m.project = pr and m.person = p)))
$$;

-- About this project.
create function may_decide(p int, pr int) returns boolean language sql stable set search_path = nightshift, pg_temp as $$
  select may_decide(p) and is_member(p, pr)
$$;

-- As before, by whoever may decide about the project: this one and the next four are restated for that word alone. Their
-- bodies are not folded back into the migrations that first made them. A database remembers a migration by its name and never
-- reads it again: it would go on without the question of membership, while every new one, and so every test, had it.
create or replace function approval_problem(a approvals, f fixes, pr projects, subj text, k text, knd text, tgt text) returns text
language plpgsql stable set search_path = nightshift, pg_temp as $$ begin
  return case
    when a.id is null then 'no approval for this tree'
    when a.tree <> f.tree or a.base <> f.base then 'the approval was for another tree'
    when a.revoked_at is not null then 'the approval is void: ' || a.revoked_why
    when a.expires_at <= clock_timestamp() then 'the approval has expired'
    when a.policy_version <> pr.policy_version then 'the approval was given under another policy'
    when not may_decide(a.person, pr.id) then 'the approver may not approve any more'
    when a.used_by <> subj then 'the approval was used by another release'
    when exists (select from effects e where e.approval = a.id and e.kind = knd and e.target = tgt and e.state <> 'failed' and e.key <> k)
      then 'the approval was used'
  end;
end $$;

create or replace function resume(p int, who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare pr projects;
begin
  select * into pr from projects where id = p for no key update;
  if not found then return query select 'refused', 'unknown project'; return; end if;
  if not may_decide(who, p) then return query select 'refused', 'this person may not decide'; return; end if;
  if pr.paused_at is null then return query select 'already', null::text; return; end if;
  update projects set paused_at = null, paused_by = null, paused_why = null where id = p;
  update work set due_at = clock_timestamp() where project = p;
  perform audit_append(p, person_named(who), 'control.resumed', jsonb_build_object('person', who, 'via', via, 'pausedAt', pr.paused_at));
  return query select 'done', null::text;
end $$;

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
    when not may_decide(who, pr.id) then 'this person may not decide'
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
    and (a.expires_at <= clock_timestamp() or a.policy_version <> pr.policy_version or not may_decide(a.person, pr.id));
  if exists (select from approvals a where a.fix = fx and a.tree = f.tree and a.target = tgt and a.revoked_at is null) then
    return query select 'already', null::text; return; end if;
  insert into approvals (project, fix, base, tree, target, policy_version, person, expires_at)
  values (pr.id, fx, f.base, f.tree, tgt, pr.policy_version, who, clock_timestamp() + hold);
  perform nudge('release:' || r.id);
  perform audit_append(pr.id, person_named(who), 'control.approved', jsonb_build_object('person', who, 'via', via, 'fix', fx, 'issue', f.issue,
    'base', f.base, 'tree', f.tree, 'target', tgt, 'policyVersion', pr.policy_version, 'hours', extract(epoch from hold) / 3600));
  return query select 'done', null::text;
end $$;

create or replace function reject(fx text, who int, via text, because text) returns table (answer text, reason text)
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
    when not may_decide(who, pr.id) then 'this person may not decide'
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
  elsif exists (select from releases x where x.project = pr.id and x.id <> r.id and lane(x.state, x.facts) = coalesce(lane(r.state, r.facts), 'staging')) then
    update releases set back_by = who where id = r.id;
    perform hand_to('release:' || r.id, pr.id, 'releaser');
  else perform turn_back(r, who, 'rejected', because); end if;
  return query select 'done', null::text;
end $$;

create or replace function order_rollback(rel int, who int, via text, because text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare r releases;
begin
  select * into r from releases where id = rel;
  perform 1 from projects where id = r.project for no key update;
  select * into r from releases where id = rel;
  if r.id is null then return query select 'refused', 'unknown release'; return; end if;
  if not may_decide(who, r.project) then return query select 'refused', 'this person may not decide'; return; end if;
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

alter table members enable row level security;
grant select on members to nightshift_app;
-- Everything was closed to everybody; what is replaced keeps its grants.
revoke execute on function is_member, may_decide(int, int) from public;
grant execute on function is_member to nightshift_app;

reset role;
reset search_path;
