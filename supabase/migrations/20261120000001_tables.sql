-- Nightshift's tables. Schema `nightshift` is exposed by no data API; row-level security is on and has no policies.
-- nightshift_owner (no login) owns everything, so that the application can rewrite neither the audit nor the gate.
-- Roles belong to the whole server, so each is made only where it is missing.
do $$ begin
  if not exists (select from pg_roles where rolname = 'nightshift_owner') then create role nightshift_owner nologin; end if;
  if not exists (select from pg_roles where rolname = 'nightshift_app') then create role nightshift_app nologin bypassrls; end if;
end $$;
grant nightshift_owner to current_user;

-- On the role, not the session: a transaction pooler forgets what a session asked for.
alter role nightshift_app set search_path = nightshift;

create schema nightshift authorization nightshift_owner;
set role nightshift_owner;
set search_path = nightshift;

-- One row a project, and the one lock: everything that may change the outside queues here for a millisecond or two.
create table projects (
  id             int generated always as identity primary key,
  slug           text not null unique check (slug ~ '^[a-z0-9-]{1,40}$'),
  name           text not null,
  level          int not null default 1 check (level between 1 and 3),
  policy         jsonb not null default '{}',
  policy_version int not null default 1,
  cap_per_day    int not null default 10 check (cap_per_day between 0 and 1000),
  paused_at      timestamptz,
  paused_by      text,
  settings       jsonb not null,
  ingest_no      int not null unique,
  ingest_key     text not null,
  salt           bytea not null,
  created_at     timestamptz not null default now(),
  audit_seq      bigint not null default 0,
  audit_head     bytea not null default '\x00'
);

create table people (
  id            int generated always as identity primary key,
  name          text not null,
  role          text not null check (role in ('owner', 'operator', 'viewer')),
  password_hash text not null,
  created_at    timestamptz not null default now()
);

-- Where events come from, and how far we have read.
create table sources (
  project      int not null references projects,
  kind         text not null,
  cursor       text,
  last_seen_at timestamptz,
  primary key (project, kind)
);

-- Redacted before it is written. Parsed later, in a budget; `quarantined` says why one never will be.
create table events (
  id          bigint generated always as identity primary key,
  project     int not null references projects,
  source      text not null,
  external_id text not null,
  received_at timestamptz not null default now(),
  body        jsonb not null,
  tries       int not null default 0,
  parsed_at   timestamptz,
  quarantined text,
  fingerprint text,
  environment text,
  sha         text,
  route       text,
  unique (project, source, external_id)
);
create index events_unparsed on events (project, id) where parsed_at is null and quarantined is null;
create index events_by_time on events (project, received_at);
create index events_by_fingerprint on events (project, fingerprint, received_at desc);

-- Numerators, kept: every parsed event counts here, whether its body was kept or not.
create table counts (
  project     int not null references projects,
  fingerprint text not null,
  environment text not null,
  sha         text not null default '',
  minute      timestamptz not null,
  n           int not null default 0,
  anonymous   int not null default 0,
  primary key (project, fingerprint, environment, sha, minute)
);

-- Hashed ids of users who met a failure.
create table affected (
  project     int not null references projects,
  fingerprint text not null,
  person      text not null,
  primary key (project, fingerprint, person)
);

-- Denominators, kept.
create table traffic (
  project     int not null references projects,
  environment text not null,
  sha         text not null,
  route       text not null,
  minute      timestamptz not null,
  requests    int not null,
  failed      int not null,
  latency     int[] not null,
  primary key (project, environment, sha, route, minute)
);

create table issues (
  id           int generated always as identity primary key,
  project      int not null references projects,
  fingerprint  text not null,
  title        text not null,
  route        text,
  severity     text not null check (severity in ('P0', 'P1', 'P2', 'P3', 'P4')),
  severity_why text not null,
  users        int,
  seen         int not null default 0,
  sha          text,
  state        text not null default 'open' check (state in ('open', 'closed')),
  closed_as    text check (closed_as in ('cured', 'archived')),
  closed_at    timestamptz,
  first_seen   timestamptz not null,
  last_seen    timestamptz not null,
  check ((state = 'closed') = (closed_as is not null and closed_at is not null))
);
create unique index issues_open on issues (project, fingerprint) where state = 'open';

create table diagnoses (
  id         int generated always as identity primary key,
  issue      int not null references issues,
  at         timestamptz not null default now(),
  cause      text not null check (cause in ('code', 'no-code-cause', 'inconclusive')),
  remedy     text not null,
  confidence real not null check (confidence between 0 and 1),
  why        text not null,
  facts      jsonb not null
);
create index diagnoses_newest on diagnoses (issue, id desc);

create table fixes (
  id         text primary key check (id ~ '^[0-9a-f]{12}$'),
  project    int not null references projects,
  issue      int not null references issues,
  attempt    int not null check (attempt between 1 and 3),
  base       text not null check (base ~ '^[0-9a-f]{40}$'),
  state      text not null default 'drafting' check (state in ('drafting', 'proven', 'refused')),
  tree       text check (tree ~ '^[0-9a-f]{40}$'),
  patch      text,
  files      jsonb,
  fixture    jsonb,
  probes     jsonb,
  diff       jsonb,
  summary    text,
  assumes    jsonb,
  risk       jsonb,
  proof      jsonb,
  why        text,
  withdrawn  boolean not null default false,
  created_at timestamptz not null default now(),
  proven_at  timestamptz,
  unique (issue, attempt, base),
  check (state <> 'proven' or (tree is not null and patch is not null and proof is not null and proven_at is not null)),
  check (state <> 'refused' or why is not null)
);
-- A patch that was refused or rolled back never comes twice.
create unique index fixes_refused_once on fixes (project, patch) where state = 'refused' or withdrawn;

create table releases (
  id         int generated always as identity primary key,
  project    int not null references projects,
  fix        text not null unique references fixes,
  issue      int not null references issues,
  state      text not null default 'staging' check (state in
    ('staging', 'soaking', 'promoting', 'watching', 'cured', 'unexposed', 'relapsed', 'rolled-back', 'held')),
  facts      jsonb not null default '{}',
  created_at timestamptz not null default now()
);
-- One rollout a target, so that observation windows never overlap.
create unique index releases_in_staging on releases (project) where state in ('staging', 'soaking');
create unique index releases_in_production on releases (project) where state in ('promoting', 'watching');

-- Every noun that waits for an agent. Time is the database's.
create table work (
  subject     text primary key,
  project     int not null references projects,
  agent       text not null check (agent in ('watcher', 'investigator', 'implementer', 'releaser')),
  due_at      timestamptz not null default now(),
  lease_until timestamptz,
  fence       bigint not null default 0,
  tries       int not null default 0,
  nudged      boolean not null default false,
  trouble     text
);
create index work_due on work (agent, due_at);

create table approvals (
  id             bigint generated always as identity primary key,
  project        int not null references projects,
  fix            text not null references fixes,
  tree           text not null,
  target         text not null check (target in ('staging', 'production')),
  policy_version int not null,
  by             text not null,
  at             timestamptz not null default now(),
  expires_at     timestamptz not null,
  revoked_at     timestamptz,
  used_by        text
);

create table effects (
  project   int not null references projects,
  key       text not null,
  subject   text not null,
  kind      text not null,
  class     text not null check (class in ('change', 'restore', 'tell')),
  target    text not null,
  tree      text,
  fix       text,
  decision  jsonb not null,
  state     text not null default 'sending' check (state in ('sending', 'confirmed', 'failed')),
  at        timestamptz not null default clock_timestamp(),
  deadline  timestamptz not null,
  audit_seq bigint not null,
  receipt   jsonb,
  primary key (project, key)
);

create table audit (
  project int not null references projects,
  seq     bigint not null,
  at      timestamptz not null,
  actor   text not null,
  what    text not null,
  body    jsonb not null,
  prev    bytea not null,
  hash    bytea not null,
  primary key (project, seq)
);

create table blobs (
  sha256     text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes      bytea not null,
  keep_until timestamptz
);

-- The dashboard's inbox.
create table notices (
  project int not null references projects,
  key     text not null,
  at      timestamptz not null default now(),
  title   text not null,
  body    text not null,
  link    text not null,
  primary key (project, key)
);

do $$ declare t text; begin
  for t in select tablename from pg_tables where schemaname = 'nightshift' loop
    execute format('alter table nightshift.%I enable row level security', t);
  end loop;
end $$;

grant usage on schema nightshift to nightshift_app;
grant select on all tables in schema nightshift to nightshift_app;
grant insert, update on sources, events, counts, traffic, issues, work, fixes, releases to nightshift_app;
grant insert on affected, diagnoses, blobs, notices to nightshift_app;
grant delete on events, work to nightshift_app;

reset role;
reset search_path;
