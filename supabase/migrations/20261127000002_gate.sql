-- The gate, complete. Judgement arrives as a decision with a window; what must hold at the moment of the call is
-- enforced here, under the project's row. Each `…_problem` answers why not, or null. Replaces the first claim_effect.
set role nightshift_owner;
set search_path = nightshift;

drop function claim_effect(int, text, text, bigint, text, text, text, text, text, jsonb, interval, text);

-- change: all checks. restore: going back to what was recorded. tell: never paused, never capped.
create function effect_class(kind text) returns text language sql immutable parallel safe set search_path = pg_catalog as $$
  select case when kind in ('push', 'merge', 'deploy', 'promote') then 'change'
    when kind in ('rollback', 'revert') then 'restore' when kind = 'tell' then 'tell' end
$$;

create function may_decide(p int) returns boolean language sql stable set search_path = nightshift, pg_temp as $$
  select exists (select from people where id = p and role in ('owner', 'operator'))
$$;

-- Why this approval does not serve this effect.
create function approval_problem(a approvals, f fixes, pr projects, subj text, k text, knd text, tgt text) returns text
language plpgsql stable set search_path = nightshift, pg_temp as $$ begin
  return case
    when a.id is null then 'no approval for this tree'
    when a.tree <> f.tree or a.base <> f.base then 'the approval was for another tree'
    when a.revoked_at is not null then 'the approval is void: ' || a.revoked_why
    when a.expires_at <= clock_timestamp() then 'the approval has expired'
    when a.policy_version <> pr.policy_version then 'the approval was given under another policy'
    when not may_decide(a.person) then 'the approver may not approve any more'
    when a.used_by <> subj then 'the approval was used by another release'
    when exists (select from effects e where e.approval = a.id and e.kind = knd and e.target = tgt and e.state <> 'failed' and e.key <> k)
      then 'the approval was used'
  end;
end $$;

create function change_problem(pr projects, f fixes, subj text, k text, knd text, tgt text, tr text, decision jsonb, a approvals)
returns text language plpgsql stable set search_path = nightshift, pg_temp as $$
declare today timestamptz; why text;
begin
  if pr.paused_at is not null then return 'paused'; end if;
  if f.id is null or f.tree is distinct from tr then return 'this is not the tree that was proven'; end if;
  if exists (select from fixes x where x.project = pr.id and (x.id = f.id or x.patch = f.patch) and (x.withdrawn or x.state = 'refused'))
    then return 'this patch was refused or rolled back'; end if;
  if (select count(*) from releases r where r.issue = f.issue and r.state = 'rolled-back' and r.facts->'back'->>'kind' is distinct from 'rejected') >= 3
    then return 'three rollbacks: a person takes over'; end if;
  if exists (select from releases r where r.fix = f.id and r.state = 'rolling-back')
    then return 'this release is being taken back'; end if;
  if tgt in ('staging', 'production')
     and exists (select from releases r where r.project = pr.id and r.fix <> f.id and lane(r.state, r.facts) = tgt)
    then return 'another release is on its way there'; end if;
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

-- Back only from a release that is being taken back, and only to what it recorded before it moved anything.
create function restore_problem(pr projects, f fixes, knd text, tgt text, aimed text) returns text
language plpgsql stable set search_path = nightshift, pg_temp as $$
declare r releases; recorded text;
begin
  select * into r from releases x where x.project = pr.id and x.fix = f.id;
  if r.state is distinct from 'rolling-back' then return 'nobody is taking this release back'; end if;
  if pr.paused_at is not null and r.back_by is null then return 'paused'; end if;
  recorded := case
    when knd = 'rollback' and tgt = 'production' then r.facts->'previous'->>'deployment'
    when knd = 'rollback' and tgt = 'staging' then r.facts->'stagingPrevious'->>'deployment'
    when knd = 'revert' and tgt = 'production' then r.facts->>'mainSha'
    when knd = 'revert' and tgt = 'staging' then r.facts->>'stagingSha' end;
  if recorded is null or aimed is distinct from recorded then return 'not what was recorded before the release'; end if;
  return null;
end $$;

-- One row in, one answer out: yes (call now), wait (under way), ask (past its deadline), confirmed, failed, or no with
-- its reason. `halt` is the caller's kill switch. Every refusal leaves an audit row.
create function claim_effect(p int, k text, subj text, f bigint, knd text, tgt text, tr text, fx text, aimed text,
  decision jsonb, timeout interval, halt boolean default false)
returns table (answer text, reason text, receipt jsonb, audit_seq bigint, audit_hash bytea, at timestamptz)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare pr projects; e effects; fixed fixes; a approvals; why text; noted record; cls text := effect_class(knd);
  who text := coalesce((select agent from work where subject = subj), 'nobody');
begin
  select * into pr from projects where id = p for no key update;                                   -- the one lock
  if not found then return query select 'no', 'unknown project', null::jsonb, null::bigint, null::bytea, null::timestamptz; return; end if;
  select * into e from effects x where x.project = p and x.key = k;
  if e.key is not null then
    if e.target <> tgt or e.kind <> knd or e.aim <> aimed or e.tree is distinct from tr then
      why := 'same key, other effect';
    elsif e.state = 'sending' and cls <> 'tell' and not lease_live(subj, f) then
      why := 'lease lost';
    else
      return query select case when e.state <> 'sending' then e.state when e.deadline < clock_timestamp() then 'ask' else 'wait' end,
        null::text, e.receipt, e.audit_seq, (select h.hash from audit h where h.project = p and h.seq = e.audit_seq), e.at;
      return;
    end if;
  elsif cls is null then
    why := 'unknown kind';
  elsif not lease_live(subj, f) then
    why := 'lease lost';
  elsif cls <> 'tell' then
    select * into fixed from fixes x where x.id = fx and x.project = p;
    if halt then
      why := 'the kill switch is on';
    elsif cls = 'restore' then
      why := restore_problem(pr, fixed, knd, tgt, aimed);
    else
      if decision->>'answer' = 'ask' then
        -- One that serves, else the newest, whose problem is the reason people look for. Production covers what comes before it.
        select * into a from approvals x where x.project = p and x.fix = fx and (tgt = 'branch' or x.target in (tgt, 'production'))
        order by approval_problem(x, fixed, pr, subj, k, knd, tgt) is null desc, x.id desc limit 1;
      end if;
      why := change_problem(pr, fixed, subj, k, knd, tgt, tr, decision, a);
      if why is null and a.id is not null then update approvals set used_by = subj where id = a.id; end if;
    end if;
  end if;

  if why is not null then
    select * into noted from audit_append(p, who, 'effect.refused', jsonb_build_object('key', k, 'kind', knd, 'target', tgt,
      'fix', fx, 'reason', why, 'decision', decision));
    return query select 'no', why, null::jsonb, noted.seq, noted.hash, null::timestamptz; return;
  end if;
  select * into noted from audit_append(p, who, 'effect.intent', jsonb_build_object('key', k, 'kind', knd, 'class', cls,
    'target', tgt, 'aim', aimed, 'tree', tr, 'fix', fx, 'decision', decision, 'approval', a.id));
  insert into effects (project, key, subject, kind, class, target, aim, tree, fix, decision, deadline, audit_seq, approval)
  values (p, k, subj, knd, cls, tgt, aimed, tr, fx, decision, clock_timestamp() + timeout, noted.seq, a.id) returning * into e;
  return query select 'yes', null::text, null::jsonb, noted.seq, noted.hash, e.at;
end $$;

revoke execute on all functions in schema nightshift from public;
grant execute on function claim_effect, lane, effect_class to nightshift_app;

reset role;
reset search_path;
