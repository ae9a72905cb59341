-- Who waits for the morning keeps nobody else waiting either: a graver fix that no hours bind goes past it at night.
set role nightshift_owner;
set search_path = nightshift;

-- The index that holds one release a target is made of it.
drop index releases_one_a_target;
-- A release that was told no, whatever for, before it has moved anything of a target gives its place there up.
create or replace function parked(state text, facts jsonb) returns boolean language sql immutable parallel safe set search_path = pg_catalog as $$
  select facts ? 'refused' and (state = 'staging' and not facts ? 'stagingSha' or state = 'promoting' and not facts ? 'mainSha')
$$;
create unique index releases_one_a_target on releases (project, lane(state, facts)) where lane(state, facts) is not null;

-- As before; of a release whose place another one has meanwhile, the releaser takes what is on staging out once it is free.
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
  elsif exists (select from releases x where x.project = pr.id and x.id <> r.id and lane(x.state, x.facts) = coalesce(lane(r.state, r.facts), 'staging')) then
    update releases set back_by = who where id = r.id;
    perform hand_to('release:' || r.id, pr.id, 'releaser');
  else perform turn_back(r, who, 'rejected', because); end if;
  return query select 'done', null::text;
end $$;

reset role;
reset search_path;
