-- As whom repositories are reached, and which hosts' keys people trusted. Secrets are sealed before they come here, bound to
-- their row; nothing is deleted, so that the audit's words about a key can be looked up.
set role nightshift_owner;
set search_path = nightshift;

create table git_logins (
  id         uuid primary key,
  project    int not null references projects,
  use        text not null check (use in ('read', 'write')),
  kind       text not null check (kind in ('token', 'key')),
  host       text not null check (length(host) between 1 and 260),
  username   text not null check (length(username) <= 100),
  sealed     text not null check (length(sealed) <= 8000 and sealed ~ '^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]{22}\.[\w-]+$'),
  public_key text check (length(public_key) <= 400),
  made_by    int not null references people,
  made_at    timestamptz not null default clock_timestamp(),
  ended_at   timestamptz
);
create unique index git_logins_live on git_logins (project, use) where ended_at is null;

create table git_hosts (
  project     int not null references projects,
  host        text not null check (length(host) between 1 and 260),
  key         text not null check (length(key) <= 3000),
  fingerprint text not null check (fingerprint ~ '^SHA256:[A-Za-z0-9+/]{43}$'),
  trusted_by  int not null references people,
  trusted_at  timestamptz not null default clock_timestamp(),
  primary key (project, host)
);

create function is_owner(p int) returns boolean language sql stable set search_path = nightshift, pg_temp as $$
  select exists (select from people x where x.id = p and x.role = 'owner')
$$;

-- What stands where a secret was.
create function emptied() returns text language sql immutable as $$
  select 'v1.00000000.' || repeat('0', 16) || '.' || repeat('0', 22) || '.0'
$$;

-- The former one of the same use ends.
create function give_git_login(p int, login uuid, u text, k text, h text, name text, s text, pub text, who int, via text)
returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
begin
  perform 1 from projects x where x.id = p for no key update;
  if not found then return query select 'refused', 'unknown project'; return; end if;
  if not is_owner(who) then return query select 'refused', 'only an owner may change this'; return; end if;
  update git_logins g set ended_at = clock_timestamp(), sealed = emptied() where g.project = p and g.use = u and g.ended_at is null;
  insert into git_logins (id, project, use, kind, host, username, sealed, public_key, made_by)
  values (login, p, u, k, h, name, s, pub, who);
  perform audit_append(p, person_named(who), 'control.git-login', jsonb_strip_nulls(jsonb_build_object('person', who, 'via', via,
    'login', login, 'use', u, 'kind', k, 'host', h, 'user', name, 'publicKey', pub)));
  return query select 'done', null::text;
end $$;

create function end_git_login(p int, u text, who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare was git_logins;
begin
  perform 1 from projects x where x.id = p for no key update;
  if not found then return query select 'refused', 'unknown project'; return; end if;
  if not is_owner(who) then return query select 'refused', 'only an owner may change this'; return; end if;
  update git_logins g set ended_at = clock_timestamp(), sealed = emptied()
  where g.project = p and g.use = u and g.ended_at is null returning * into was;
  if was.id is null then return query select 'already', null::text; return; end if;
  perform audit_append(p, person_named(who), 'control.git-login-ended', jsonb_build_object('person', who, 'via', via,
    'login', was.id, 'use', u, 'kind', was.kind, 'host', was.host));
  return query select 'done', null::text;
end $$;

create function trust_git_host(p int, h text, k text, print text, who int, via text) returns table (answer text, reason text)
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare was git_hosts;
begin
  perform 1 from projects x where x.id = p for no key update;
  if not found then return query select 'refused', 'unknown project'; return; end if;
  if not is_owner(who) then return query select 'refused', 'only an owner may change this'; return; end if;
  select * into was from git_hosts g where g.project = p and g.host = h;
  if was.key = k then return query select 'already', null::text; return; end if;
  insert into git_hosts (project, host, key, fingerprint, trusted_by) values (p, h, k, print, who)
  on conflict (project, host) do update set key = k, fingerprint = print, trusted_by = who, trusted_at = clock_timestamp();
  perform audit_append(p, person_named(who), 'control.git-host', jsonb_strip_nulls(jsonb_build_object('person', who, 'via', via,
    'host', h, 'fingerprint', print, 'was', was.fingerprint)));
  return query select 'done', null::text;
end $$;

-- The same secret under the key of now; nothing but its seal may change.
create function reseal_git_login(login uuid, was text, s text) returns boolean
language sql security definer set search_path = nightshift, pg_temp as $$
  with done as (update git_logins g set sealed = s where g.id = login and g.sealed = was and g.ended_at is null returning 1)
  select exists (select from done)
$$;

alter table git_logins enable row level security;
alter table git_hosts enable row level security;
grant select on git_logins, git_hosts to nightshift_app;
revoke execute on function is_owner, emptied, give_git_login, end_git_login, trust_git_host, reseal_git_login from public;
grant execute on function give_git_login, end_git_login, trust_git_host, reseal_git_login to nightshift_app;

reset role;
reset search_path;
