-- Supabase's logs and advisors as a source: a token that can write is a state of its own; events of different sources that
-- belong to one trace; and what an advisor finds, which is a finding once, until it has gone.
set role nightshift_owner;
set search_path = nightshift;

alter table source_cursors drop constraint source_cursors_state_check;
alter table source_cursors add constraint source_cursors_state_check
  check (state in ('ok', 'limited', 'unauthorized', 'forbidden', 'missing', 'unreachable', 'writable'));

alter table events add column trace text check (trace ~ '^[0-9a-f]{32}$');
-- Of an event another source has told already: the fingerprint it counts for, which it does not raise.
alter table events add column belongs text;
create index events_by_trace on events (project, trace) where trace is not null;

create table source_findings (
  project int not null references projects,
  kind    text not null check (kind ~ '^[a-z-]{1,40}$'),
  key     text not null check (key ~ '^[0-9a-f]{24}$'),
  gone_at timestamptz,
  primary key (project, kind, key)
);
alter table source_findings enable row level security;
grant select, insert, update on source_findings to nightshift_app;

reset role;
reset search_path;
