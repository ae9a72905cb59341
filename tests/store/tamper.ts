/** What somebody who may do anything to the database does to its history, and hopes that nobody sees. */
export interface Tampering {
  name: string
  sql: string
}

const HASH = 'nightshift.audit_hash(prev, project, seq, at, actor, what, body)'

/** Makes every seal and link anew from row `from` on, and the head with them: the chain alone cannot tell. */
const rechained = (from: number): string => `
  do $$ declare r record; p bytea; begin
    select hash into p from nightshift.audit where seq = ${from} - 1;
    for r in select seq from nightshift.audit where seq >= ${from} order by seq loop
      update nightshift.audit set prev = p where seq = r.seq;
      update nightshift.audit set hash = ${HASH} where seq = r.seq returning hash into p;
    end loop;
    update nightshift.projects set audit_head = p, audit_seq = (select max(seq) from nightshift.audit);
  end $$;`

const FIELDS = [
  `at = at - interval '1 hour'`,
  `actor = actor || 'x'`,
  `what = what || 'x'`,
  `body = body || '{"extra": 1}'`,
  `body = '{}'`,
  `prev = '\\x01'`,
  `hash = '\\x01'`,
]

/** One tampering, drawn; rows count from 2, since the first only says that the project was registered. */
export function drawn(next: () => number, rows: number): Tampering {
  const row = 2 + Math.floor(next() * (rows - 2))
  const field = FIELDS[Math.floor(next() * FIELDS.length)]!
  const kinds: Tampering[] = [
    { name: `edit ${field} of row ${row}`, sql: `update nightshift.audit set ${field} where seq = ${row}` },
    {
      name: `edit row ${row} and seal it anew`,
      sql: `update nightshift.audit set actor = actor || 'x' where seq = ${row}; update nightshift.audit set hash = ${HASH} where seq = ${row}`,
    },
    {
      name: `edit row ${row} and make the chain anew`,
      sql: `update nightshift.audit set body = body || '{"extra": 1}' where seq = ${row}; ${rechained(row)}`,
    },
    { name: `delete row ${row}`, sql: `delete from nightshift.audit where seq = ${row}` },
    {
      name: `delete row ${row} and close the gap`,
      sql: `delete from nightshift.audit where seq = ${row};
            update nightshift.audit set seq = -seq where seq > ${row}; update nightshift.audit set seq = -seq - 1 where seq < 0; ${rechained(row)}`,
    },
    {
      name: `swap rows ${row - 1} and ${row}`,
      sql: `update nightshift.audit set seq = -1 where seq = ${row}; update nightshift.audit set seq = ${row} where seq = ${row - 1};
            update nightshift.audit set seq = ${row - 1} where seq = -1`,
    },
    { name: `cut from row ${row}`, sql: `delete from nightshift.audit where seq >= ${row}` },
    {
      name: `cut from row ${row}, head and all`,
      sql: `delete from nightshift.audit where seq >= ${row};
            update nightshift.projects set audit_seq = ${row - 1}, audit_head = (select hash from nightshift.audit where seq = ${row - 1})`,
    },
    {
      name: `restore a backup from row ${row - 1} and go on`,
      sql: `delete from nightshift.audit where seq >= ${row}; delete from nightshift.effects where audit_seq >= ${row};
            update nightshift.projects set audit_seq = ${row - 1}, audit_head = (select hash from nightshift.audit where seq = ${row - 1});
            select nightshift.note(1, 'watcher', 'issue.opened', jsonb_build_object('n', g)) from generate_series(1, ${rows}) g`,
    },
    {
      name: `insert before row ${row}`,
      sql: `update nightshift.audit set seq = -seq where seq >= ${row}; update nightshift.audit set seq = -seq + 1 where seq < 0;
            insert into nightshift.audit select project, ${row}, at, actor, 'fix.proven', body, prev, hash from nightshift.audit where seq = ${row - 1};
            ${rechained(row)}`,
    },
    { name: 'raise the level', sql: `update nightshift.projects set level = 3` },
    { name: 'wind the policy’s version', sql: `update nightshift.projects set policy_version = policy_version + 1` },
    {
      name: 'turn the pause over',
      sql: `update nightshift.projects set paused_at = case when paused_at is null then now() end`,
    },
    {
      name: 'confirm or fail an effect',
      sql: `update nightshift.effects set state = case when state = 'confirmed' then 'failed' else 'confirmed' end`,
    },
    {
      name: 'forget an effect',
      sql: `delete from nightshift.effects where key = (select min(key) from nightshift.effects)`,
    },
    {
      name: 'slip an effect in',
      sql: `insert into nightshift.effects (project, key, subject, kind, class, target, aim, decision, deadline, audit_seq)
            values (1, 'slipped', 's', 'promote', 'change', 'production', 'd', '{}', now(), 2)`,
    },
  ]
  return kinds[Math.floor(next() * kinds.length)]!
}
