-- The audit: append-only, hash-chained, under an owner nobody logs in as. Ownership is the boundary; the deny
-- triggers only make a mistake loud.
set role nightshift_owner;
set search_path = nightshift;

-- Every field carries its length, so that no two rows can read the same; `at` and `actor` are covered, so that a
-- backdated row shows.
create function audit_hash(prev bytea, project int, seq bigint, at timestamptz, actor text, what text, body jsonb)
returns bytea language sql immutable parallel safe set search_path = pg_catalog as $$
  select sha256(prev || convert_to(string_agg(octet_length(convert_to(f, 'UTF8')) || ':' || f, '|' order by n), 'UTF8'))
  from unnest(array[project::text, seq::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), actor, what, body::text])
    with ordinality as field(f, n)
$$;

-- The caller holds the project's row.
create function audit_append(p int, who text, w text, b jsonb) returns table (seq bigint, hash bytea)
language plpgsql set search_path = nightshift, pg_temp as $$
declare s bigint; prev bytea; h bytea; t timestamptz := clock_timestamp();
begin
  select audit_seq + 1, audit_head into s, prev from projects where id = p;
  h := audit_hash(prev, p, s, t, who, w, b);
  insert into audit (project, seq, at, actor, what, body, prev, hash) values (p, s, t, who, w, b, prev, h);
  update projects set audit_seq = s, audit_head = h where id = p;
  return query select s, h;
end $$;

-- What the application may note by itself. Intents and outcomes of effects come from the gate alone.
create function note(p int, who text, w text, b jsonb) returns bigint
language plpgsql security definer set search_path = nightshift, pg_temp as $$
declare s bigint;
begin
  if w like 'effect.%' or w like 'control.%' then raise exception 'only the gate writes %', w using errcode = '42501'; end if;
  perform 1 from projects where id = p for no key update;
  select a.seq into s from audit_append(p, who, w, b) a;
  return s;
end $$;

-- The first broken link, or nothing. `upto` compares the head with the anchor kept outside.
create function audit_verify(p int) returns table (seq bigint, problem text)
language plpgsql stable security definer set search_path = nightshift, pg_temp as $$
declare r record; prev bytea := '\x00'; n bigint := 0; pr record;
begin
  for r in select * from audit a where a.project = p order by a.seq loop
    n := n + 1;
    if r.seq <> n then return query select n, 'a row is missing'; return; end if;
    if r.prev <> prev then return query select r.seq, 'the link to the row before is broken'; return; end if;
    if r.hash <> audit_hash(r.prev, r.project, r.seq, r.at, r.actor, r.what, r.body) then
      return query select r.seq, 'the row was edited'; return; end if;
    prev := r.hash;
  end loop;
  select audit_seq, audit_head into pr from projects where id = p;
  if pr.audit_seq <> n or pr.audit_head <> prev then return query select n, 'the end was cut off'; end if;
end $$;

create function deny() returns trigger language plpgsql as $$ begin
  raise exception 'the audit is append-only' using errcode = '42501';
end $$;
create trigger audit_rows before update or delete on audit for each row execute function deny();
create trigger audit_truncate before truncate on audit for each statement execute function deny();
alter table audit enable always trigger audit_rows;
alter table audit enable always trigger audit_truncate;

reset role;
reset search_path;
