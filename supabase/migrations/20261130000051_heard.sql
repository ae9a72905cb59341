-- When each of those who call us was last heard: webhooks, drains, chats, clocks. Names of ours and times; nothing they said.
set role nightshift_owner;
set search_path = nightshift;

create table heard (
  who text primary key check (who ~ '^[a-z]+(:[a-z-]+)?$' and length(who) <= 60),
  at  timestamptz not null default clock_timestamp()
);
alter table heard enable row level security;
grant select, insert, update on heard to nightshift_app;

reset role;
reset search_path;
