/** Ways to rewrite history, as a role that is in use might try them. Project 1 has rows, an effect and an approval. */
export const ATTACKS: [string, string][] = [
  ['edit a row', `update nightshift.audit set what = 'x'`],
  ['delete a row', `delete from nightshift.audit`],
  ['truncate', `truncate nightshift.audit`],
  ['drop the table', `drop table nightshift.audit`],
  ['disable the triggers', `alter table nightshift.audit disable trigger audit_rows`],
  ['swallow what comes', `create rule r as on insert to nightshift.audit do instead nothing`],
  ['pretend to be a replica', `set session_replication_role = replica`],
  [
    'insert a row',
    `insert into nightshift.audit (project, seq, at, actor, what, body, prev, hash) values (1, 99, now(), 'a', 'w', '{}', '', '')`,
  ],
  ['copy rows in', `copy nightshift.audit from program 'true'`],
  [
    'merge',
    `merge into nightshift.audit a using (select 1 as n) s on a.seq = s.n when matched then update set what = 'x'`,
  ],
  [
    'insert over a row',
    `insert into nightshift.audit (project, seq, at, actor, what, body, prev, hash) values (1, 1, now(), 'a', 'w', '{}', '', '')
     on conflict (project, seq) do update set what = 'x'`,
  ],
  ['delete the project', `delete from nightshift.projects`],
  ['wind the head back', `update nightshift.projects set audit_seq = 0`],
  ['change the level', `update nightshift.projects set level = 3`],
  ['change the policy', `update nightshift.projects set policy = '{}'`],
  ['end a pause', `update nightshift.projects set paused_at = null`],
  ['write an effect', `update nightshift.effects set state = 'confirmed'`],
  ['forget an effect', `delete from nightshift.effects`],
  ['extend an approval', `update nightshift.approvals set expires_at = now() + interval '1 year', used_by = null`],
  [
    'make an approval',
    `insert into nightshift.approvals (project, fix, base, tree, target, policy_version, person, expires_at)
     values (1, 'c', 'b', 't', 'production', 1, 1, now())`,
  ],
  ['make a person', `insert into nightshift.people (name, role, password_hash) values ('me', 'owner', 'x')`],
  ['become a member', `insert into nightshift.members (project, person) values (1, 1)`],
  [
    'invite oneself',
    `insert into nightshift.invitations (email, role, projects, invited_by, expires_at) values ('me@x.example', 'owner', '{}', 1, now())`,
  ],
  [
    'make an invitation hold',
    `update nightshift.invitations set expires_at = now() + interval '1 year', used_at = null`,
  ],
  ['become an owner', `update nightshift.people set role = 'owner'`],
  ['rewrite the policy’s history', `update nightshift.policies set by = 'x'`],
  ['move a release', `update nightshift.releases set state = 'rolling-back', back_by = 1`],
  ['take back a withdrawal', `update nightshift.fixes set withdrawn = false`],
  ['append by hand', `select nightshift.audit_append(1, 'a', 'w', '{}')`],
  ['turn a release back by hand', `select nightshift.turn_back(r, 1, 'k', 'w') from nightshift.releases r`],
  [
    'replace the gate',
    `create or replace function nightshift.may_decide(p int) returns boolean language sql as 'select true'`,
  ],
  ['own the table', `alter table nightshift.audit owner to current_user`],
  ['grant it to oneself', `grant update on nightshift.audit to current_user; update nightshift.audit set what = 'x'`],
  [
    'add a trigger',
    `create trigger t before insert on nightshift.audit for each row execute function nightshift.deny()`,
  ],
  ['become the owner', `set role nightshift_owner`],
  ['read around the rows’ security', `alter table nightshift.audit disable row level security`],
]

/** Every role that anything runs as. */
export const ROLES = ['nightshift_app', 'anon', 'authenticated', 'service_role']
