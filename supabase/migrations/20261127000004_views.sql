-- Four views for whoever knows Nightshift by these names: computed, so that they can never disagree with what they show.
-- Ids are UUIDs made from ours, the same each time.
set role nightshift_owner;
set search_path = nightshift;

create function agent_uuid(kind text, id text) returns uuid language sql immutable parallel safe set search_path = pg_catalog as $$
  select md5('nightshift ' || kind || ' ' || id)::uuid
$$;

create view agent_issues with (security_barrier) as
select agent_uuid('issue', i.id::text) as id, i.first_seen as created_at, i.severity,
  case when i.route is null then 'error' else 'api_error' end as type,
  i.title as message,
  (select string_agg(frame->>'path' || ':' || (frame->>'line'), E'\n' order by n)
     from jsonb_array_elements(d.facts->'frames') with ordinality as f(frame, n)) as stack_trace,
  i.users as affected_users, i.seen as frequency,
  case when i.state = 'closed' and i.closed_as = 'cured' then 'fixed'
    when i.state = 'closed' or d.remedy in ('needs-person', 'ignore') or d.cause <> 'code' then 'failed'
    when f.id is not null then case when f.state = 'refused' or f.withdrawn then 'failed' else 'fixing' end
    when d.id is not null then 'diagnosing' else 'detected' end as status,
  d.why as root_cause, f.summary as fix_strategy, r.facts->>'mainSha' as fix_commit_sha,
  (r.facts->'entered'->>'watching')::timestamptz as deployed_at, i.closed_at as resolved_at
from issues i
left join lateral (select * from diagnoses x where x.issue = i.id order by x.id desc limit 1) d on true
left join lateral (select * from fixes x where x.issue = i.id order by x.attempt desc, x.created_at desc limit 1) f on true
left join lateral (select * from releases x where x.issue = i.id order by x.id desc limit 1) r on true;

-- One row an effect: allowed is started, read back is completed. `human_approved`: an approval or an order let it through.
create view agent_actions with (security_barrier) as
select agent_uuid('audit', a.project || ':' || a.seq) as id, a.at as created_at,
  agent_uuid('issue', coalesce(a.body->>'issue', f.issue::text)) as issue_id,
  case when a.what = 'issue.opened' then 'detect' when a.what = 'issue.diagnosed' then 'diagnose'
    when a.what like 'fix.%' then 'fix' when e.kind in ('rollback', 'revert') or a.what like 'release.roll%' then 'rollback'
    else 'deploy' end as action_type,
  case when a.what in ('effect.failed', 'effect.refused', 'fix.refused', 'release.held') then 'failed'
    when a.what in ('effect.intent', 'release.staging', 'release.rolling-back') then 'started' else 'completed' end as status,
  a.body || jsonb_build_object('what', a.what, 'actor', a.actor) as details,
  coalesce(e.approval is not null or e.class = 'restore' and r.back_by is not null, false) as human_approved
from audit a
left join effects e on e.project = a.project and e.key = a.body->>'key'
left join fixes f on f.id = coalesce(a.body->>'fix', e.fix)
left join releases r on r.fix = f.id
where a.what like 'issue.%' or a.what like 'fix.%' or a.what like 'release.%'
  or a.what like 'effect.%' and e.kind is distinct from 'tell';

create view agent_config with (security_barrier) as
select agent_uuid('project', p.id::text) as id, p.level as autonomy_level, p.paused_at is null as is_active,
  p.cap_per_day as max_deployments_per_day,
  (select coalesce(array_agg(x), '{}') from jsonb_array_elements_text(p.policy->'protect') x) as protected_files,
  (select max(v.at) from policies v where v.project = p.id) as updated_at
from projects p;

create view agent_logs with (security_barrier) as
select agent_uuid('audit', a.project || ':' || a.seq) as id, a.at as created_at,
  case when a.what in ('effect.failed', 'effect.refused', 'work.stuck', 'release.held', 'release.rolling-back') then 'warning' else 'info' end as level,
  a.actor || ': ' || a.what || coalesce(': ' || coalesce(a.body->>'reason', a.body->>'why'), '') as message, a.body as details
from audit a;

revoke execute on function agent_uuid from public;
grant execute on function agent_uuid to nightshift_app;
grant select on agent_issues, agent_actions, agent_config, agent_logs to nightshift_app;

reset role;
reset search_path;
