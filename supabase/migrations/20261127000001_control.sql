-- What people decide: approvals, the history of the policy, and answers kept for repeated requests. Releases can be
-- taken back, and each of the two targets holds one release at a time, on its way there or on its way back.
set role nightshift_owner;
set search_path = nightshift;

-- One live approval a tree and target, bound to what the person saw. `used_by` is the one release it serves.
drop table approvals;
create table approvals (
  id             bigint generated always as identity primary key,
  project        int not null references projects,
  fix            text not null references fixes,
  base           text not null,
  tree           text not null,
  target         text not null check (target in ('staging', 'production')),
  policy_version int not null,
  person         int not null references people,
  at             timestamptz not null default clock_timestamp(),
  expires_at     timestamptz not null,
  revoked_at     timestamptz,
  revoked_why    text,
  used_by        text,
  check ((revoked_at is null) = (revoked_why is null))
);
create unique index approvals_live on approvals (project, fix, tree, target) where revoked_at is null;

create table policies (
  project     int not null references projects,
  version     int not null,
  at          timestamptz not null default clock_timestamp(),
  by          text not null,
  level       int not null,
  cap_per_day int not null,
  policy      jsonb not null,
  primary key (project, version)
);
insert into policies (project, version, by, level, cap_per_day, policy)
select id, policy_version, 'before there was a history', level, cap_per_day, policy from projects;

-- A repeated request with the same key gets the first answer again; another body under the same key is refused.
create table requests (
  person  int not null references people,
  key     text not null check (length(key) between 8 and 100),
  verb    text not null,
  hash    text not null,
  at      timestamptz not null default clock_timestamp(),
  status  int,
  answer  jsonb,
  primary key (person, key)
);

alter table projects add column paused_why text;

-- What exactly is acted on: a branch, a commit, a deployment. `approval` is what let an asked-for effect through.
alter table effects add column aim text not null default '', add column approval bigint references approvals;
alter table effects alter column aim drop default;
create index effects_sending on effects (project) where state = 'sending';

-- The same patch may be refused more than once, by two issues say; that it never ships is the gate's to enforce.
drop index fixes_refused_once;
create index fixes_by_patch on fixes (project, patch);
alter table fixes add column withdrawn_why text;
alter table fixes add check (withdrawn = (withdrawn_why is not null));

alter table releases drop constraint releases_state_check;
alter table releases add constraint releases_state_check check (state in
  ('staging', 'soaking', 'promoting', 'watching', 'rolling-back', 'cured', 'unexposed', 'relapsed', 'rolled-back', 'held'));
-- The person who ordered the release back; null when its own health did.
alter table releases add column back_by int references people;

-- Which target a release occupies. A release that is taken back keeps the one it had come to.
create function lane(state text, facts jsonb) returns text language sql immutable parallel safe set search_path = pg_catalog as $$
  select case when state in ('staging', 'soaking') then 'staging' when state in ('promoting', 'watching') then 'production'
    when state = 'rolling-back' then coalesce(facts->'back'->>'lane', 'production') end
$$;
drop index releases_in_staging, releases_in_production;
create unique index releases_one_a_target on releases (project, lane(state, facts)) where lane(state, facts) is not null;

-- A database that was tampered with would verify itself too: the check is made outside of it.
drop function audit_verify(int);

alter table approvals enable row level security;
alter table policies enable row level security;
alter table requests enable row level security;
grant select on approvals, policies, requests to nightshift_app;
grant insert, update on requests to nightshift_app;
-- Moves, withdrawals and orders go through functions that hold the project's row.
revoke update on releases, fixes from nightshift_app;
grant update (state, tree, patch, files, fixture, probes, diff, summary, assumes, risk, proof, why, proven_at) on fixes to nightshift_app;

reset role;
reset search_path;
