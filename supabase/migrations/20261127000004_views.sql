-- Four views for whoever knows Nightshift by these names: computed, so that they can never disagree with what they show.
-- Ids are UUIDs made from ours, the same each time; times are without a zone, as the names promise, and in UTC. They are
-- read with their owner's eyes and granted to the application alone; nobody may write through them.
set role nightshift_owner;
set search_path = nightshift;

create function agent_uuid(kind text, id text) returns uuid language sql immutable parallel safe set search_path = pg_catalog as $$
  select md5('nightshift ' || kind || ' ' || id)::uuid
$$;

-- Who works on an issue says where it stands; with nobody on it, it waits for its turn, or it failed.
create view agent_issues with (security_barrier) as
select agent_uuid('issue', i.id::text) as id, i.first_seen at time zone 'UTC' as created_at, i.severity,
  case when i.route is null then 'error' else 'api_error' end as type,
  i.title as message,
  (select string_agg(concat_ws(':', frame->>'path', frame->>'line'), E'\n' order by n)
     from jsonb_array_elements(case jsonb_typeof(d.facts->'frames') when 'array' then d.facts->'frames' end)
       with ordinality as f(frame, n)) as stack_trace,
  i.users as affected_users, i.seen as frequency,
  case when i.state = 'closed' then case i.closed_as when 'cured' then 'fixed' else 'failed' end
    when w.agent = 'implementer' then 'fixing'
    when f.id is not null and f.state <> 'refused' and not f.withdrawn and r.state is distinct from 'relapsed' then 'fixing'
    when w.agent = 'investigator' and (w.tries > 0 or w.lease_until is not null or d.id is not null) then 'diagnosing'
    when d.id is null and f.id is null then 'detected' else 'failed' end as status,
  d.why as root_cause, coalesce(f.summary, d.remedy) as fix_strategy, r.facts->>'mainSha' as fix_commit_sha,
  (r.facts->'entered'->>'watching')::timestamptz at time zone 'UTC' as deployed_at,
  i.closed_at at time zone 'UTC' as resolved_at
from issues i
left join lateral (select * from diagnoses x where x.issue = i.id order by x.id desc limit 1) d on true
left join lateral (select * from fixes x where x.issue = i.id order by x.attempt desc, x.created_at desc limit 1) f on true
left join releases r on r.fix = f.id
left join work w on w.subject = 'issue:' || i.id;

-- What was done, a row each time; notices are no actions. `human_approved`: an approval, or a person's order, given
-- before, let exactly this through.
create view agent_actions with (security_barrier) as
select agent_uuid('audit', a.project || ':' || a.seq) as id, a.at at time zone 'UTC' as created_at,
  agent_uuid('issue', coalesce(a.body->>'issue', f.issue::text)) as issue_id,
  case when a.what = 'issue.opened' then 'detect' when a.what = 'issue.diagnosed' then 'diagnose'
    when a.what like 'fix.%' then 'fix'
    when k.kind in ('rollback', 'revert') or a.what in ('release.rolling-back', 'release.rolled-back', 'issue.reopened') then 'rollback'
    else 'deploy' end as action_type,
  case when a.what in ('effect.failed', 'effect.refused', 'fix.refused', 'release.held', 'release.relapsed') then 'failed'
    when a.what in ('effect.intent', 'release.staging', 'release.soaking', 'release.promoting', 'release.watching',
      'release.rolling-back') then 'started'
    else 'completed' end as status,
  a.body || jsonb_build_object('what', a.what, 'actor', a.actor) as details,
  case when a.what in ('effect.intent', 'effect.confirmed', 'effect.failed') then e.approval is not null
      or e.class = 'restore' and exists (select from audit o where o.project = a.project and o.seq < e.audit_seq
        and o.what in ('control.rollback', 'control.rejected') and o.body->>'fix' = e.fix)
    when a.what in ('release.rolling-back', 'release.rolled-back') then coalesce(a.body->>'kind' in ('ordered', 'rejected'), false)
    else false end as human_approved
from audit a
left join effects e on e.project = a.project and e.key = a.body->>'key'
left join releases r on r.project = a.project and r.id::text = a.body->>'release'
left join fixes f on f.id = coalesce(a.body->>'fix', e.fix, r.fix)
cross join lateral (select coalesce(a.body->>'kind', e.kind) as kind) k
where a.what like 'issue.%' or a.what like 'fix.%' or a.what like 'release.%'
  or a.what like 'effect.%' and k.kind is distinct from 'tell';

create view agent_config with (security_barrier) as
select agent_uuid('project', p.id::text) as id, p.level as autonomy_level, p.paused_at is null as is_active,
  p.cap_per_day as max_deployments_per_day,
  (select coalesce(array_agg(x), '{}') from jsonb_array_elements_text(p.policy->'protect') x) as protected_files,
  greatest((select max(v.at) from policies v where v.project = p.id), p.paused_at) at time zone 'UTC' as updated_at
from projects p;

create view agent_logs with (security_barrier) as
select agent_uuid('audit', a.project || ':' || a.seq) as id, a.at at time zone 'UTC' as created_at,
  case when a.what in ('effect.failed', 'effect.refused', 'work.stuck', 'release.held', 'release.rolling-back') then 'warning' else 'info' end as level,
  a.actor || ': ' || a.what || coalesce(': ' || coalesce(a.body->>'reason', a.body->>'why'), '') as message, a.body as details
from audit a;

revoke execute on function agent_uuid from public;
grant execute on function agent_uuid to nightshift_app;
grant select on agent_issues, agent_actions, agent_config, agent_logs to nightshift_app;

reset role;
reset search_path;
