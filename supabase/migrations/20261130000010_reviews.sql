-- The releaser works through pull requests where the code host has them: what opens one is a change, what takes one back
-- a restore, and a member's review of the very head is an approval of whoever that member is here.
set role nightshift_owner;
set search_path = nightshift;

-- propose: a pull request of ours. withdraw: closing it. propose-revert: the one that takes its merge out again.
create or replace function effect_class(kind text) returns text language sql immutable parallel safe set search_path = pg_catalog as $$
  select case when kind in ('push', 'propose', 'merge', 'deploy', 'promote') then 'change'
    when kind in ('rollback', 'revert', 'propose-revert', 'withdraw') then 'restore' when kind = 'tell' then 'tell' end
$$;

create or replace function restore_problem(pr projects, f fixes, knd text, tgt text, aimed text) returns text
language plpgsql stable set search_path = nightshift, pg_temp as $$
declare r releases; recorded text;
begin
  select * into r from releases x where x.project = pr.id and x.fix = f.id;
  if r.state is distinct from 'rolling-back' then return 'nobody is taking this release back'; end if;
  if pr.paused_at is not null and r.back_by is null then return 'paused'; end if;
  recorded := case
    when knd = 'rollback' and tgt = 'production' then r.facts->'previous'->>'deployment'
    when knd = 'rollback' and tgt = 'staging' then r.facts->'stagingPrevious'->>'deployment'
    when knd in ('revert', 'propose-revert') and tgt = 'production' then r.facts->>'mainSha'
    when knd in ('revert', 'propose-revert') and tgt = 'staging' then r.facts->>'stagingSha'
    when knd = 'withdraw' then r.facts->'pulls'->tgt->>'number' end;
  if recorded is null or aimed is distinct from recorded then return 'not what was recorded before the release'; end if;
  return null;
end $$;

-- Who somebody is on the code host. Set by an owner alone; one person a name, which is one whatever its capitals.
alter table people add column github_login text unique check (github_login ~ '^[a-z0-9](-?[a-z0-9]){0,38}$');

create function link_github(p int, login text, who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare was people; pr record; named text := lower(login);
begin
  -- Projects first and in order, as everything that writes an audit row does.
  perform 1 from projects x order by x.id for no key update;
  select * into was from people x where x.id = p for update;
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

-- The review on the code host that an approval is; null: it was given here. One approval a review, whatever became of it.
alter table approvals add column review bigint;
create index approvals_by_review on approvals (fix, target, review) where review is not null;

-- Told by the releaser that read it, never by whoever reviewed. A review before the policy of now was for another one.
create function approve_by_review(fx text, tgt text, login text, rid bigint, given timestamptz, hold interval, s text, f bigint)
returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare fixed fixes; pr projects; per people; rest interval; ruled record; why text;
begin
  select * into fixed from fixes x where x.id = fx;
  select * into pr from projects x where x.id = fixed.project for no key update;
  select * into per from people x where x.github_login = lower(login);
  rest := least(given + hold - clock_timestamp(), hold);
  why := case
    when not lease_live(s, f) then 'lease lost'
    when per.id is null then 'nobody here is linked to that name'
    when not may_decide(per.id) then 'whoever is linked to that name may not decide'
    when given < (select v.at from policies v where v.project = pr.id and v.version = pr.policy_version) then 'the policy changed after it was given'
    when rest <= interval '0' then 'it has expired' end;
  if why is not null then return query select 'refused', why; return; end if;
  if exists (select from approvals a where a.fix = fx and a.target = tgt and a.review = rid) then
    return query select 'already', null::text; return; end if;
  select * into ruled from approve(fx, fixed.tree, tgt, pr.policy_version, per.id, 'github', rest);
  if ruled.answer = 'done' then
    update approvals a set review = rid where a.fix = fx and a.target = tgt and a.revoked_at is null and a.review is null;
  end if;
  return query select ruled.answer, ruled.reason;
end $$;

-- Reviews that do not stand any more take their approvals with them.
create function revoke_reviews(fx text, tgt text, standing bigint[], because text, s text, f bigint) returns int
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare p int; a record; n int := 0;
begin
  select project into p from fixes where id = fx;
  perform 1 from projects where id = p for no key update;
  if not lease_live(s, f) then return 0; end if;
  for a in update approvals x set revoked_at = clock_timestamp(), revoked_why = because
    where x.fix = fx and x.target = tgt and x.review is not null and x.revoked_at is null and not (x.review = any(standing))
    returning x.id, x.person, x.review loop
    perform audit_append(p, 'releaser', 'control.revoked', jsonb_build_object('person', a.person, 'name', person_named(a.person),
      'fix', fx, 'target', tgt, 'review', a.review, 'why', because));
    n := n + 1;
  end loop;
  return n;
end $$;

revoke execute on function link_github, approve_by_review, revoke_reviews from public;
grant execute on function link_github, approve_by_review, revoke_reviews to nightshift_app;

reset role;
reset search_path;
