-- Money for models. The upper bound of a call is put aside before it, under the project's row, and settled after it. What
-- was never settled (its worker was killed, so nobody knows what was billed) counts in full for good: no clock frees it.
set role nightshift_owner;
set search_path = nightshift;

create table spend (
  id         bigint generated always as identity primary key,
  project    int not null references projects,
  issue      int references issues,
  task       text not null,
  model      text not null,
  reserved   numeric(14,8) not null check (reserved >= 0),
  usd        numeric(14,8) check (usd >= 0 and usd <> 'NaN'),
  usage      jsonb,
  at         timestamptz not null default clock_timestamp(),
  settled_at timestamptz,
  check ((usd is null) = (settled_at is null))
);
create index spend_by_time on spend (project, at);
create index spend_by_issue on spend (issue);

-- Days and months are the project's. Caps are part of its policy; the defaults are those of lib/domain/project.ts.
create function reserve_spend(p int, iss int, tsk text, mdl text, amount numeric)
returns table (answer text, reason text, id bigint, cap numeric, spent numeric)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare pr projects; made bigint; zone text; today timestamptz; this_month timestamptz; row record;
begin
  if amount is null or not amount >= 0 or amount = 'NaN' then raise exception 'no amount to put aside: %', amount; end if;
  select * into pr from projects x where x.id = p for no key update;
  if not found then raise exception 'unknown project %', p; end if;
  if iss is not null and not exists (select from issues i where i.id = iss and i.project = p) then
    raise exception 'issue % is not one of project %', iss, p; end if;
  if pr.paused_at is not null then return query select 'no', 'paused', null::bigint, null::numeric, null::numeric; return; end if;
  zone := coalesce(pr.policy->'hours'->>'zone', 'Europe/London');
  today := date_trunc('day', clock_timestamp(), zone);
  this_month := date_trunc('month', clock_timestamp(), zone);
  for row in
    select 'issue' as name, coalesce((pr.policy->'spend'->>'issue')::numeric, 5) as most,
      coalesce((select sum(coalesce(s.usd, s.reserved)) from spend s where s.issue = iss), 0) as used where iss is not null
    union all select 'day', coalesce((pr.policy->'spend'->>'day')::numeric, 20),
      coalesce((select sum(coalesce(s.usd, s.reserved)) from spend s where s.project = p and s.at >= today), 0)
    union all select 'month', coalesce((pr.policy->'spend'->>'month')::numeric, 100),
      coalesce((select sum(coalesce(s.usd, s.reserved)) from spend s where s.project = p and s.at >= this_month), 0)
  loop
    if row.used + amount > row.most then
      return query select 'no', row.name, null::bigint, row.most, row.used; return; end if;
  end loop;
  insert into spend (project, issue, task, model, reserved) values (p, iss, tsk, mdl, amount) returning spend.id into made;
  return query select 'yes', null::text, made, null::numeric, null::numeric;
end $$;

-- Once. `cost` null: nobody knows, so it costs what was put aside. Returns what stands; null: there is no such reservation.
create function settle_spend(r bigint, cost numeric, used jsonb) returns numeric
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare stands numeric;
begin
  update spend set usd = coalesce(cost, reserved), usage = used, settled_at = clock_timestamp()
  where id = r and settled_at is null returning usd into stands;
  if not found then select usd into stands from spend where id = r; end if;
  return stands;
end $$;

alter table spend enable row level security;
grant select on spend to nightshift_app;
revoke execute on function reserve_spend, settle_spend from public;
grant execute on function reserve_spend, settle_spend to nightshift_app;

reset role;
reset search_path;
