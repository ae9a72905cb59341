import { z } from 'zod'
import type { Project } from '../domain/project.ts'
import { Fault } from '../errors.ts'
import type { Review } from '../world.ts'
import { parsed } from './github/answers.ts'
import { checksOf } from './github/checks.ts'
import type { Api } from './github/client.ts'
import { listed } from './github/lists.ts'
import type { Permissions } from './github/login.ts'
import { mergePull } from './github/mergePull.ts'
import { findPull, openPull, opinionsAbout, proposalOf } from './github/pulls.ts'
import { Recent } from './github/recent.ts'
import { type GithubOptions, type GithubRepository, repositories } from './github/repository.ts'
import { commentOn, escalate, type Written } from './github/threads.ts'

const PERMISSIONS: Permissions = {
  ...{ metadata: 'read', contents: 'write', pull_requests: 'write', issues: 'write' },
  ...{ checks: 'read', statuses: 'read' },
}

/** Comments and issues written here, since a list may be a moment behind. */
const REMEMBERED = 1000

const Viewer = z.object({ viewer: z.object({ login: z.string().min(1) }) })
const Run = z.object({ name: z.string(), status: z.string(), conclusion: z.string().nullable() })
const Status = z.object({ context: z.string(), state: z.string() })

/** Pull requests, reviews, checks and issues on GitHub. Once a process: it remembers what it wrote. */
export function githubReview(options: GithubOptions): (project: Project) => Review {
  const open = repositories(options, PERMISSIONS)
  const opened = new Map<GithubRepository, Review>()
  return (project) => {
    const repository = open(project)
    const known = opened.get(repository) ?? reviewIn(repository)
    opened.set(repository, known)
    return known
  }
}

function reviewIn(repository: GithubRepository): Review {
  const { begin } = repository
  const comments = new Recent<Written>(REMEMBERED)
  const issues = new Recent<number>(REMEMBERED)
  let me: Promise<string> | null = null
  /** Our own name there: what others wrote is never taken for ours, whatever is in it. */
  const name = (api: Api): Promise<string> => {
    me ??= whoAmI(api).catch((error) => {
      me = null
      throw error
    })
    return me
  }
  return {
    async open(plan) {
      const api = begin()
      return proposalOf(await openPull(repository, api, plan, await name(api)))
    },
    async find(branch, into) {
      const api = begin()
      const pull = await findPull(repository, api, { branch, into, me: await name(api) })
      return pull && proposalOf(pull)
    },
    async comment(number, marker, body) {
      const api = begin()
      await commentOn(api, { number, marker, body, me: await name(api), known: comments })
    },
    opinions: (number) => opinionsAbout(begin(), number),
    async checks(sha) {
      const api = begin()
      const at = { ref: sha, filter: 'latest' }
      const runs = await listed(api, 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs', at, Run, 'check_runs')
      const path = 'GET /repos/{owner}/{repo}/commits/{ref}/status'
      return checksOf(runs, await listed(api, path, { ref: sha }, Status, 'statuses'))
    },
    merge: (number, head, message) => mergePull(repository, begin(), number, head, message),
    async close(number) {
      const path = 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}'
      await begin().call(path, { pull_number: number, state: 'closed' })
    },
    async escalate(escalation) {
      const api = begin()
      return escalate(api, escalation, await name(api), issues)
    },
  }
}

async function whoAmI(api: Api): Promise<string> {
  const { data, refused } = await api.graphql('query { viewer { login } }', {})
  if (refused !== null) throw new Fault('CODE_UNREACHABLE', 'GitHub does not say whose credentials these are.')
  return parsed(Viewer, data, 'viewer').viewer.login
}
