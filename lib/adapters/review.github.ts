import { z } from 'zod'
import type { Project } from '../domain/project.ts'
import { Fault } from '../errors.ts'
import type { Review } from '../world/review.ts'
import { parsed } from './github/answers.ts'
import { checksOf } from './github/checks.ts'
import type { Api } from './github/client.ts'
import { DEPLOYMENTS, isShownDeployed, showDeployed } from './github/deployments.ts'
import { listed } from './github/lists.ts'
import type { Permissions } from './github/login.ts'
import { withMarker } from './github/marker.ts'
import { deletesMerged, isQueued, mergePull } from './github/mergePull.ts'
import { pageAt, withPage } from './github/pages.ts'
import { findPull, openPull, opinionsAbout, proposalOf, readyPull } from './github/pulls.ts'
import { Recent } from './github/recent.ts'
import { type GithubOptions, type GithubRepository, repositories } from './github/repository.ts'
import { commentOn, commentUnder, escalate, escalatedUnder, type Written } from './github/threads.ts'

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
  const shown = repositories(options, DEPLOYMENTS)
  const opened = new Map<GithubRepository, Review>()
  return (project) => {
    const repository = open(project)
    const known = opened.get(repository) ?? reviewIn(repository, () => shown(project), options.pages)
    opened.set(repository, known)
    return known
  }
}

function reviewIn(repository: GithubRepository, deployments: () => GithubRepository, pages?: string): Review {
  const { begin } = repository
  /** What we write, with the way to our page. */
  const linked = <T extends { body: string; link?: string | undefined }>(written: T): T => ({
    ...written,
    body: withPage(written.body, pageAt(pages, written.link)),
  })
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
      return proposalOf(await openPull(repository, api, linked(plan), await name(api)))
    },
    async find(branch, into, at) {
      const api = begin()
      const pull = await findPull(repository, api, { branch, into, at, me: await name(api) })
      return pull && proposalOf(pull)
    },
    ready: (number) => readyPull(begin(), number),
    async comment(number, marker, text, link) {
      const api = begin()
      const { body } = linked({ body: text, link })
      await commentOn(api, { number, marker, body, me: await name(api), known: comments })
    },
    async isCommented(number, marker, text, link) {
      const api = begin()
      const found = await commentUnder(api, { number, marker, me: await name(api) })
      return found?.body === withMarker(linked({ body: text, link }).body, marker)
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
    isQueued: (number) => isQueued(repository, begin(), number),
    deletesMerged: () => deletesMerged(begin()),
    async close(number) {
      const path = 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}'
      await begin().call(path, { pull_number: number, state: 'closed' })
    },
    async escalate(escalation) {
      const api = begin()
      return escalate(api, linked(escalation), await name(api), issues)
    },
    async escalated(marker) {
      const api = begin()
      return escalatedUnder(api, marker, await name(api))
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
