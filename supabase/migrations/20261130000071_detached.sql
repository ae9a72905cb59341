-- What a step has begun that outlasts the call it was begun in: runs on machines elsewhere, and answers that were paid for.
-- Whoever takes the step up does it from the beginning, finds these under the same names, and neither starts nor pays for
-- anything twice. They are gone when the step has come to its end.
set role nightshift_owner;
set search_path = nightshift;

create table detached (
  subject    text not null references work on delete cascade,
  kind       text not null check (kind in ('run', 'answer')),
  -- Of everything that goes into it; equal ones of one step are told apart by their turn.
  key        text not null check (key ~ '^[0-9a-f]{64}$'),
  turn       int not null check (turn >= 0),
  begun_at   timestamptz not null default clock_timestamp(),
  -- It certainly runs, or ran: one that is nowhere to be found after this has been ended.
  started_at timestamptz,
  -- Compressed, since output is long and holds bytes that text cannot.
  result     bytea check (length(result) <= 33554432),
  primary key (subject, kind, key, turn)
);

alter table detached enable row level security;
grant select, insert, update, delete on detached to nightshift_app;

reset role;
reset search_path;
