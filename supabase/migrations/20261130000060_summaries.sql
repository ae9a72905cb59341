-- Hand-overs and weekly reviews, and notices that wait for the morning.
set role nightshift_owner;
set search_path = nightshift;

-- Once a project, kind and period, whoever comes first; never changed, so that every channel and page tells the same. The
-- next one begins where this one ends. `told`: false where it was quiet and nobody wants to hear of that.
create table summaries (
  project int not null references projects,
  kind    text not null check (kind in ('hand-over', 'weekly-review')),
  period  text not null check (period ~ '^20\d\d-\d\d-\d\d$'),
  since   timestamptz not null,
  until   timestamptz not null check (until >= since),
  zone    text not null,
  quiet   boolean not null,
  told    boolean not null,
  content jsonb not null,
  primary key (project, kind, period)
);

-- held: it is quiet, and this can wait; nothing was called, and nothing that comes after it waits for it. `released_at` is
-- when it became due again: a notice of Friday night is not history on Monday morning.
alter table deliveries drop constraint deliveries_state_check;
alter table deliveries add constraint deliveries_state_check check (state in ('waiting', 'held', 'delivered', 'skipped'));
alter table deliveries add column released_at timestamptz;
create index deliveries_held on deliveries (project, channel) where state = 'held';

alter table summaries enable row level security;
grant select, insert on summaries to nightshift_app;

reset role;
reset search_path;
