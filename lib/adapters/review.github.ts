import { z } from 'zod'
import type { Project } from '../domain/project.ts'
import { Fault } from '../errors.ts'
import type { Review } from '../world/review.ts'
import { parsed } from './github/answers.ts'
import type { Api } from './github/client.ts'
import { DEPLOYMENTS, isShownDeployed, showDeployed } from './github/deployments.ts'
import { listed } from './github/lists.ts'
import type { Permissions } from './github/login.ts'
import { deletesMerged, isQueued, mergePull } from './github/mergePull.ts'
import { findPull, openPull, opinionsAbout, proposalOf, readyPull } from './github/pulls.ts'
import { type GithubOptions, type GithubRepository, repositories } from './github/repository.ts'
import { githubThreads } from './github/threads.ts'
import { checksOf } from './review/checks.ts'
import { nameFrom } from './review/me.ts'
import { linkedTo, pageAt } from './review/pages.ts'
import { threadsOver } from './review/threads.ts'

const PERMISSIONS: Permissions = {
  ...{ metadata: 'read', contents: 'write', pull_requests: 'write', issues: 'write' },
  ...{ checks: 'read', statuses: 'read' },
}

const Viewer = z.object({ viewer: z.object({ login: z.string().min(1) }) })
const Run = z.object({ name: z.string(), status: z.string(), conclusion: z.string().nullable() })
const Status = z.object({ context: z.string(), state: z.string() })

/** Pull requests, reviews, checks and issues on GitHub. Once a process: it remembers what it wrote. */
export function githubReview(options: GithubOptions): (project: Project) => Review {
  const open = repositories(options, PERMISSIONS)
  const shown = repositories(options, DEPLOYMENTS)
  const opened = new Map<GithubRepository, Review>()
  return (project) => {
    const repository = open(project)
    const known = opened.get(repository) ?? reviewIn(repository, () => shown(project), options.pages)
    opened.set(repository, known)
    return known
  }
}

function reviewIn(
  repository: GithubRepository,
  deployments: () => GithubRepository,
  pages: string | undefined,
): Review {
  const { begin } = repository
  const linked = linkedTo(pages)
  const name = nameFrom(whoAmI)
  const threads = async () => {
    const api = begin()
    return githubThreads(api, await name(api))
  }
  return {
    ...threadsOver(threads, pages),
    async open(plan) {
      const api = begin()
      return proposalOf(await openPull(repository, api, linked(plan), await name(api)))
    },
    async find(branch, into, at) {
      const api = begin()
      const pull = await findPull(repository, api, { branch, into, at, me: await name(api) })
      return pull && proposalOf(pull)
    },
    ready: (number) => readyPull(begin(), number),
    opinions: (number) => opinionsAbout(begin(), number),
    async checks(sha) {
      const api = begin()
      const at = { ref: sha, filter: 'latest' }
      const runs = await listed(api, 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs', at, Run, 'check_runs')
      const path = 'GET /repos/{owner}/{repo}/commits/{ref}/status'
      return checksOf(runs, await listed(api, path, { ref: sha }, Status, 'statuses'))
    },
    merge: (number, head, message) => mergePull(repository, begin(), number, head, message),
    isQueued: (number) => isQueued(repository, begin(), number),
    deletesMerged: () => deletesMerged(begin()),
    async close(number) {
      const path = 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}'
      await begin().call(path, { pull_number: number, state: 'closed' })
    },
    showDeployed: (record) => showDeployed(deployments().begin(), record, pageAt(pages, record.link)),
    isShownDeployed: (record) => isShownDeployed(deployments().begin(), record),
  }
}

async function whoAmI(api: Api): Promise<string> {
  const { data, refused } = await api.graphql('query { viewer { login } }', {})
  if (refused !== null) throw new Fault('CODE_UNREACHABLE', 'GitHub does not say whose credentials these are.')
  return parsed(Viewer, data, 'viewer').viewer.login
}
