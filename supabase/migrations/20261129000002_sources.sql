-- How far each source that is asked for events has been read, and how it is. A cursor moves with the events it stands for.
set role nightshift_owner;
set search_path = nightshift;

create table source_cursors (
  project    int not null references projects,
  kind       text not null check (kind ~ '^[a-z-]{1,40}$'),
  cursor     text,
  read_until timestamptz,
  lag_ms     int check (lag_ms >= 0),
  state      text not null default 'ok' check (state in ('ok', 'limited', 'unauthorized', 'forbidden', 'missing', 'unreachable')),
  why        text,
  more       boolean not null default false,
  fails      int not null default 0,
  polled_at  timestamptz,
  due_at     timestamptz not null default now(),
  primary key (project, kind),
  check ((state = 'ok') = (why is null))
);

-- Ids of events that were counted and not kept: a source that tells them again must not make them count again.
create table dropped_events (
  project     int not null references projects,
  source      text not null,
  external_id text not null,
  at          timestamptz not null default now(),
  primary key (project, source, external_id)
);
create index dropped_events_by_time on dropped_events (at);

-- What a source calls the things that are issues here: where they are told how it ended. Numbers alone.
alter table events add column source_issue text check (source_issue ~ '^[0-9]{1,30}$');
create table source_issues (
  project     int not null references projects,
  kind        text not null check (kind ~ '^[a-z-]{1,40}$'),
  fingerprint text not null,
  external_id text not null check (external_id ~ '^[0-9]{1,30}$'),
  primary key (project, kind, fingerprint, external_id)
);

alter table source_cursors enable row level security;
alter table dropped_events enable row level security;
alter table source_issues enable row level security;
grant select, insert, update on source_cursors to nightshift_app;
grant select, insert, delete on dropped_events to nightshift_app;
grant select, insert on source_issues to nightshift_app;

reset role;
reset search_path;
