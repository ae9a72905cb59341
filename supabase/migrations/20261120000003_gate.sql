-- Work under leases, and the one gate. Nothing reaches the outside unless claim_effect said yes and committed first.
set role nightshift_owner;
set search_path = nightshift;

create function claim_work(a text, lease interval) returns table (subject text, project int, fence bigint, tries int)
language sql security definer set search_path = nightshift, pg_temp as $$
  update work w set lease_until = clock_timestamp() + lease, fence = w.fence + 1, tries = w.tries + 1, nudged = false
  where w.subject = (
    select x.subject from work x
    where x.agent = a and x.due_at <= clock_timestamp() and (x.lease_until is null or x.lease_until < clock_timestamp())
    order by x.due_at limit 1 for update skip locked)
  returning w.subject, w.project, w.fence, w.tries
$$;

create function keep_work(s text, f bigint, lease interval) returns boolean
language plpgsql security definer set search_path = nightshift, pg_temp as $$ begin
  update work set lease_until = clock_timestamp() + lease where subject = s and fence = f and lease_until > clock_timestamp();
  return found;
end $$;

-- Hands the subject to an agent, or drops it (agent null). A nudge that came meanwhile makes it due at once.
create function finish_work(s text, f bigint, a text, due interval, problem text default null) returns boolean
language plpgsql security definer set search_path = nightshift, pg_temp as $$ begin
  if a is null then delete from work where subject = s and fence = f and not nudged;
    if found then return true; end if;
    update work set lease_until = null, tries = 0, due_at = clock_timestamp() where subject = s and fence = f;
    return found;
  end if;
  update work set agent = a, lease_until = null, trouble = problem,
    tries = case when problem is null then 0 else tries end,
    due_at = case when nudged and problem is null then clock_timestamp() else clock_timestamp() + due end
  where subject = s and fence = f;
  return found;
end $$;

create function nudge(s text) returns void
language sql security definer set search_path = nightshift, pg_temp as $$
  update work set nudged = true, due_at = least(due_at, clock_timestamp()) where subject = s
$$;

create function lease_live(s text, f bigint) returns boolean
language sql security definer set search_path = nightshift, pg_temp as $$
  select exists (select from work where subject = s and fence = f and lease_until > clock_timestamp())
$$;

-- Compare-and-swap of a release's state with its audit row, by the holder of the lease only.
create function move_release(r int, s text, f bigint, was text, becomes text, new_facts jsonb) returns boolean
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare p int;
begin
  select project into p from releases where id = r;
  perform 1 from projects where id = p for no key update;
  if not lease_live(s, f) then return false; end if;
  update releases set state = becomes, facts = new_facts where id = r and state = was;
  if not found then return false; end if;
  if was <> becomes then
    perform audit_append(p, 'releaser', 'release.' || becomes, jsonb_build_object('release', r, 'from', was,
      'waiting', new_facts->'waiting', 'cure', new_facts->'cure'->'sentence'));
  end if;
  return true;
end $$;

-- The gate. Judgement arrives as a decision; this enforces it. Every refusal leaves an audit row with its reason.
create function claim_effect(p int, k text, subj text, f bigint, knd text, cls text, tgt text, tr text, fx text,
  decision jsonb, timeout interval, person text default null)
returns table (answer text, reason text, receipt jsonb, audit_seq bigint, audit_hash bytea, at timestamptz)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare pr projects; e effects; ap bigint; why text; row record; today timestamptz;
  who text := coalesce(person, (select agent from work where subject = subj), 'nobody');
begin
  select * into pr from projects where id = p for no key update;                                   -- the one lock
  if not found then return query select 'no', 'unknown project', null::jsonb, null::bigint, null::bytea, null::timestamptz; return; end if;

  select * into e from effects x where x.project = p and x.key = k;
  if found then
    if e.target <> tgt or e.kind <> knd or e.tree is distinct from tr then
      why := 'same key, other effect';
    elsif e.state = 'sending' and cls <> 'tell' and person is null and not lease_live(subj, f) then
      why := 'lease lost';
    else
      return query select case when e.state <> 'sending' then e.state when e.deadline < clock_timestamp() then 'ask' else 'wait' end,
        null::text, e.receipt, e.audit_seq, (select a.hash from audit a where a.project = p and a.seq = e.audit_seq), e.at;
      return;
    end if;
  elsif cls not in ('change', 'restore', 'tell') then
    why := 'unknown class';
  elsif cls <> 'tell' and pr.paused_at is not null and not (cls = 'restore' and person is not null) then
    why := 'paused';
  elsif person is null and not lease_live(subj, f) then
    why := 'lease lost';
  elsif cls = 'change' then
    if (decision->>'policyVersion')::int is distinct from pr.policy_version then
      why := 'policy changed';
    elsif not coalesce(clock_timestamp() >= (decision->>'from')::timestamptz
                   and clock_timestamp() < (decision->>'until')::timestamptz, false) then
      why := 'outside its window';
    elsif decision->>'answer' = 'ask' then
      select a.id into ap from approvals a
      where a.project = p and a.fix = fx and a.tree = tr and (a.target = tgt or a.target = 'production')
        and a.policy_version = pr.policy_version and a.revoked_at is null and a.expires_at > clock_timestamp()
        and (a.used_by is null or a.used_by = subj)
      order by a.id desc limit 1 for update;
      if ap is null then why := 'no approval for this tree'; end if;
    elsif decision->>'answer' is distinct from 'go' then
      why := 'the decision says stop';
    end if;
    if why is null and exists (select from fixes x where x.id = fx and (x.withdrawn or x.state = 'refused')) then
      why := 'this patch was refused or rolled back';
    end if;
    if why is null and knd = 'promote' and tgt = 'production' then
      -- The day of the cap is the project's; counted under the lock, so it cannot be overrun.
      today := date_trunc('day', clock_timestamp(), coalesce(pr.policy->'hours'->>'zone', 'Europe/London'));
      if (select count(*) from effects x where x.project = p and x.kind = 'promote' and x.target = 'production' and x.at >= today)
         >= pr.cap_per_day then why := 'daily cap'; end if;
    end if;
    if why is null and ap is not null then update approvals set used_by = subj where id = ap; end if;
  end if;

  if why is not null then
    select * into row from audit_append(p, who, 'effect.refused', jsonb_build_object('key', k, 'kind', knd, 'target', tgt, 'reason', why));
    return query select 'no', why, null::jsonb, row.seq, row.hash, null::timestamptz; return;
  end if;

  select * into row from audit_append(p, who, 'effect.intent', jsonb_build_object('key', k, 'kind', knd, 'class', cls,
    'target', tgt, 'tree', tr, 'fix', fx, 'decision', decision, 'approval', ap));
  insert into effects (project, key, subject, kind, class, target, tree, fix, decision, deadline, audit_seq)
  values (p, k, subj, knd, cls, tgt, tr, fx, decision, clock_timestamp() + timeout, row.seq) returning * into e;
  return query select 'yes', null::text, null::jsonb, row.seq, row.hash, e.at;
end $$;

create function settle_effect(p int, k text, st text, r jsonb) returns boolean
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare settled boolean;
begin
  if st not in ('confirmed', 'failed') then raise exception 'unknown outcome %', st; end if;
  perform 1 from projects where id = p for no key update;
  update effects set state = st, receipt = r where project = p and key = k and state = 'sending';
  settled := found;
  if settled then perform audit_append(p, 'gate', 'effect.' || st, jsonb_build_object('key', k, 'receipt', r)); end if;
  return settled;
end $$;

-- A new project starts at level 1 unless a person says otherwise.
create function register_project(s text, n text, lvl int, pol jsonb, sett jsonb, key text, salted bytea, by text)
returns table (id int, ingest_no int, ingest_key text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare pr projects;
begin
  select * into pr from projects where slug = s;
  if not found then
    insert into projects (slug, name, level, policy, settings, ingest_no, ingest_key, salt)
    values (s, n, lvl, pol, sett, (select coalesce(max(p.ingest_no), 0) + 1 from projects p), key, salted) returning * into pr;
    perform 1 from projects p where p.id = pr.id for no key update;
    perform audit_append(pr.id, by, 'control.registered', jsonb_build_object('slug', s, 'level', lvl, 'policy', pol));
  end if;
  insert into work (subject, project, agent) values ('project:' || pr.id, pr.id, 'watcher') on conflict do nothing;
  return query select pr.id, pr.ingest_no, pr.ingest_key;
end $$;

create function set_owner(n text, hashed text) returns void
language plpgsql security definer set search_path = nightshift, pg_temp as $$ begin
  if exists (select from people where role = 'owner') then return; end if;
  insert into people (name, role, password_hash) values (n, 'owner', hashed);
end $$;

revoke execute on all functions in schema nightshift from public;
grant execute on function note, audit_verify, claim_work, keep_work, finish_work, nudge, lease_live, move_release, claim_effect,
  settle_effect, register_project, set_owner to nightshift_app;

reset role;
reset search_path;
