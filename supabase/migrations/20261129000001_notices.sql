-- Notices leave for Slack and by mail too. The inbox is the outbox: a notice is a row first, and each channel's delivery
-- of it another one, which holds what is needed to find the message again on the far side.
set role nightshift_owner;
set search_path = nightshift;

-- What a notice is about: its kind, and ids and numbers of ours.
alter table notices add column kind text not null default 'escalated', add column issue int references issues,
  add column about jsonb not null default '{}';
alter table notices alter column kind drop default, alter column about drop default;
create index notices_by_time on notices (project, at);
create index notices_by_issue on notices (issue, at) where issue is not null;

-- A row from before the first call on. `state`: waiting (it may have arrived all the same), delivered, skipped (nobody needs
-- it any more). `ref` is the far side's own name of the message, null until it is known.
create table deliveries (
  project   int not null,
  channel   text not null check (channel in ('slack', 'email')),
  key       text not null,
  state     text not null default 'waiting' check (state in ('waiting', 'delivered', 'skipped')),
  due_at    timestamptz not null default clock_timestamp(),
  tries     int not null default 0,
  why       text,
  place     text,
  thread    text,
  ref       text,
  called_at timestamptz,
  closed_at timestamptz,
  primary key (project, channel, key),
  foreign key (project, key) references notices,
  check (ref is null or place is not null)
);

-- Who somebody is in Slack. Set by an owner alone; one person an id.
alter table people add column slack_id text unique check (slack_id ~ '^[UW][A-Z0-9]{2,20}$');

create function link_slack(p int, member text, who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare was people; pr record;
begin
  -- Projects first and in order, as everything that writes an audit row does.
  perform 1 from projects x order by x.id for no key update;
  select * into was from people x where x.id = p for update;
  if not exists (select from people x where x.id = who and x.role = 'owner') then
    return query select 'refused', 'only an owner may change this'; return; end if;
  if was.id is null then return query select 'refused', 'unknown person'; return; end if;
  if member !~ '^[UW][A-Z0-9]{2,20}$' then return query select 'refused', 'this is no member id of Slack'; return; end if;
  if was.slack_id is not distinct from member then return query select 'already', null::text; return; end if;
  if exists (select from people x where x.slack_id = member) then
    return query select 'refused', 'this member of Slack is linked to somebody else'; return; end if;
  update people x set slack_id = member where x.id = p;
  for pr in select x.id from projects x order by x.id loop
    perform audit_append(pr.id, person_named(who), 'control.linked', jsonb_strip_nulls(jsonb_build_object('person', who, 'via', via,
      'linked', p, 'name', was.name, 'slack', member, 'was', was.slack_id)));
  end loop;
  return query select 'done', null::text;
end $$;

alter table deliveries enable row level security;
grant select, insert, update on deliveries to nightshift_app;
revoke execute on function link_slack from public;
grant execute on function link_slack to nightshift_app;

reset role;
reset search_path;
