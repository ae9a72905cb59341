import type { Route, Turn } from './routes.ts'
import { checkRest, deploymentRest, repositoryOf, statusRest, urlOf, userOf } from './shapes.ts'
import { type Answer, type Deployment, no, ok, type Repo } from './types.ts'

function runs({ repo, at, call }: Turn): Answer {
  const found = repo.checks.filter(({ sha }) => sha === at.ref)
  const size = Number(call.query.get('per_page') ?? 30)
  const page = Number(call.query.get('page') ?? 1)
  const shown = found.slice((page - 1) * size, page * size)
  const bodies = shown.map(({ sha, ...run }) => ({
    ...{ ...run, head_sha: sha, ...checkRest(repo, run.id, run.status === 'completed') },
  }))
  return ok({ total_count: found.length, check_runs: bodies })
}

/** `pending` where nobody ever said anything: the API does not tell the two apart. */
function status({ repo, at }: Turn): Answer {
  const found = repo.statuses.filter(({ sha }) => sha === at.ref)
  const states = found.map(({ state }) => state)
  const bad = states.some((state) => state === 'failure' || state === 'error')
  const state = bad ? 'failure' : states.length > 0 && states.every((one) => one === 'success') ? 'success' : 'pending'
  const url = `${urlOf(repo)}/commits/${at.ref}`
  return ok({
    ...{ state, sha: at.ref, total_count: found.length, url: `${url}/status`, commit_url: url },
    ...{ repository: repositoryOf(repo) },
    statuses: found.map(({ sha, ...one }) => ({ ...one, ...statusRest(repo, sha) })),
  })
}

function protection({ repo, at }: Turn): Answer {
  const found = repo.protection.get(at.branch!)
  return found
    ? ok({
        required_status_checks: {
          contexts: found.checks,
          checks: found.checks.map((context) => ({ context, app_id: null })),
        },
      })
    : no(404, 'Branch not protected')
}

const QUEUE = {
  ...{ check_response_timeout_minutes: 60, grouping_strategy: 'ALLGREEN', merge_method: 'MERGE' },
  ...{
    max_entries_to_build: 5,
    max_entries_to_merge: 5,
    min_entries_to_merge: 1,
    min_entries_to_merge_wait_minutes: 5,
  },
}

function rules({ repo, at }: Turn): Answer {
  const found = repo.protection.get(at.branch!)
  if (!found) return ok([])
  const approvals = {
    type: 'pull_request',
    parameters: {
      ...{ required_approving_review_count: found.approvals, dismiss_stale_reviews_on_push: false },
      ...{ require_code_owner_review: false, require_last_push_approval: false },
      required_review_thread_resolution: false,
    },
  }
  const required = found.checks.map((context) => ({ context }))
  const checks = {
    type: 'required_status_checks',
    parameters: { required_status_checks: required, strict_required_status_checks_policy: false },
  }
  return ok([
    ...(found.approvals > 0 || found.pullsOnly ? [approvals] : []),
    ...(required.length > 0 ? [checks] : []),
    ...(found.queue ? [{ type: 'merge_queue', parameters: QUEUE }] : []),
  ])
}

async function deploy({ service, repo, login, call }: Turn): Promise<Answer> {
  const { ref = '', environment = 'production', payload = {}, required_contexts: contexts } = call.body
  const sha = (await repo.git.type(ref)) === 'commit' ? ref : await repo.git.head(ref)
  if (!sha) return no(422, `No ref found for: ${ref}`)
  if (contexts === undefined && repo.checks.some((run) => run.sha === sha && run.conclusion !== 'success'))
    return no(409, 'Conflict: Commit status checks failed')
  const made = { id: service.nextId(), sha, ref, environment, payload, by: login.name, statuses: [] }
  repo.deployments.push(made)
  service.did(repo, 'deployment', environment, sha)
  return ok(deploymentBody(repo, made), 201)
}

const deploymentBody = (repo: Repo, { statuses: _, by, payload, ...one }: Deployment) => ({
  ...{ ...one, payload: payload as object, creator: userOf(by), ...deploymentRest(repo, one.id) },
})

function deployments({ repo, call }: Turn): Answer {
  const [sha, environment] = [call.query.get('sha'), call.query.get('environment')]
  const found = repo.deployments.filter(
    (one) => (!sha || one.sha === sha) && (!environment || one.environment === environment),
  )
  return ok(found.map((one) => deploymentBody(repo, one)).reverse())
}

/** One of the steps of a deployment. */
function statusBody(repo: Repo, deployment: Deployment, made: { id: number; state: string }) {
  const { creator, created_at, updated_at, repository_url, url } = deploymentBody(repo, deployment)
  return {
    ...{ ...made, node_id: `DES_${made.id}`, creator, description: '', deployment_url: url, target_url: url },
    ...{ repository_url, url: `${url}/statuses/${made.id}`, created_at, updated_at },
  }
}

function deploymentStatuses({ repo, call, at }: Turn): Answer {
  const found = repo.deployments.find(({ id }) => id === Number(at.id))
  if (!found) return no(404, 'Not Found')
  const size = Number(call.query.get('per_page') ?? 30)
  const newest = [...found.statuses].reverse().slice(0, size)
  return ok(newest.map((made) => statusBody(repo, found, made)))
}

/** What a person may do here. Whoever is no collaborator is not known. */
function permission({ repo, at }: Turn): Answer {
  const has = repo.rights.get(at.username!) ?? 'write'
  if (has === 'none') return no(404, 'Not Found')
  return ok({ permission: has, role_name: has, user: { ...userOf(at.username!), role_name: has } })
}

function deploymentStatus({ service, repo, call, at }: Turn): Answer {
  const found = repo.deployments.find(({ id }) => id === Number(at.id))
  if (!found) return no(404, 'Not Found')
  const made = { id: service.nextId(), state: String(call.body.state) }
  found.statuses.push(made)
  service.did(repo, 'deployment-status', made.state, found.sha)
  return ok(statusBody(repo, found, made), 201)
}

export const statusRoutes: Route[] = [
  { method: 'GET', pattern: 'commits/{ref}/check-runs', needs: ['checks', 'read'], answer: runs },
  { method: 'GET', pattern: 'commits/{ref}/status', needs: ['statuses', 'read'], answer: status },
  { method: 'GET', pattern: 'branches/{branch}/protection', needs: ['administration', 'read'], answer: protection },
  { method: 'GET', pattern: 'rules/branches/branch*', needs: ['metadata', 'read'], answer: rules },
  { method: 'POST', pattern: 'deployments', needs: ['deployments', 'write'], answer: deploy },
  { method: 'GET', pattern: 'deployments', needs: ['deployments', 'read'], answer: deployments },
  { method: 'GET', pattern: 'collaborators/{username}/permission', needs: ['metadata', 'read'], answer: permission },
  { method: 'GET', pattern: 'deployments/{id}/statuses', needs: ['deployments', 'read'], answer: deploymentStatuses },
  { method: 'POST', pattern: 'deployments/{id}/statuses', needs: ['deployments', 'write'], answer: deploymentStatus },
]
