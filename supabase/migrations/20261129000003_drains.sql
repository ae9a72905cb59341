-- Requests a host's log drain showed, by deployment, route and minute: what a host that counts nothing itself is counted by.
-- One request may be in several lines, and a batch may come twice, so each request is remembered for an hour.
set role nightshift_owner;
set search_path = nightshift;

create table drain_counts (
  project    int not null references projects,
  deployment text not null check (length(deployment) <= 100),
  route      text not null check (length(route) <= 200),
  minute     timestamptz not null,
  requests   int not null check (requests >= 0),
  failed     int not null check (failed between 0 and requests),
  latency    int[] not null,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (project, minute, deployment, route)
);
create index drain_counts_by_change on drain_counts (project, updated_at);

create table drain_seen (
  project int not null references projects,
  request text not null check (length(request) <= 200),
  at      timestamptz not null default clock_timestamp(),
  primary key (project, request)
);
create index drain_seen_by_time on drain_seen (project, at);

alter table drain_counts enable row level security;
alter table drain_seen enable row level security;
grant select, insert, update, delete on drain_counts to nightshift_app;
grant select, insert, delete on drain_seen to nightshift_app;

reset role;
reset search_path;
