import type { Project } from '../domain/project.ts'
import type { Review } from '../world/review.ts'
import { withMarker } from './github/marker.ts'
import { pageAt, withPage } from './github/pages.ts'
import { Recent } from './github/recent.ts'
import { checksAt } from './gitlab/checks.ts'
import { type Api, gitlabApi, parsed } from './gitlab/client.ts'
import { mergeRequest } from './gitlab/merge.ts'
import { opinionsAbout } from './gitlab/opinions.ts'
import { type GitlabOptions, pathOf } from './gitlab/place.ts'
import { quiet } from './gitlab/quiet.ts'
import { findRequest, openRequest, proposalOf, readyRequest, requestAt, User } from './gitlab/requests.ts'
import { escalate, escalatedUnder, noteOn, noteUnder, type Written } from './gitlab/threads.ts'

const REMEMBERED = 1000

/** Merge requests, approvals, pipelines and issues on GitLab (docs.gitlab.com/api). Once a process: it remembers what it wrote. */
export function gitlabReview(options: GitlabOptions): (project: Project) => Review {
  const opened = new Map<string, Review>()
  let me: Promise<string> | null = null
  /** Our own name there: what others wrote is never taken for ours, whatever is in it. */
  const name = (api: Api): Promise<string> => {
    me ??= api.get('/user').then(({ data }) => parsed(User, data, 'user').username)
    me.catch(() => (me = null))
    return me
  }
  return (project) => {
    const path = pathOf(options.url, project)
    const known = opened.get(path) ?? reviewIn(() => gitlabApi(options, path), name, options.pages)
    opened.set(path, known)
    return known
  }
}

function reviewIn(begin: () => Api, name: (api: Api) => Promise<string>, pages?: string): Review {
  const notes = new Recent<Written>(REMEMBERED)
  const issues = new Recent<number>(REMEMBERED)
  /** What we write, with the way to our page. */
  const linked = <T extends { body: string; link?: string | undefined }>(written: T): T => ({
    ...written,
    body: withPage(written.body, pageAt(pages, written.link)),
  })
  return {
    async open(plan) {
      const api = begin()
      return proposalOf(await openRequest(api, linked(plan), await name(api)))
    },
    async find(branch, into, at) {
      const api = begin()
      const found = await findRequest(api, { branch, into, at, me: await name(api) })
      return found && proposalOf(found)
    },
    ready: (number) => readyRequest(begin(), number),
    async comment(number, marker, text, link) {
      const api = begin()
      const { body } = linked({ body: text, link })
      await noteOn(api, { number, marker, body, me: await name(api), known: notes })
    },
    async isCommented(number, marker, text, link) {
      const api = begin()
      const found = await noteUnder(api, { number, marker, me: await name(api) })
      return found?.body.trim() === withMarker(quiet(linked({ body: text, link }).body), marker).trim()
    },
    opinions: (number) => opinionsAbout(begin(), number),
    checks: (sha) => checksAt(begin(), sha),
    merge: (number, head, message) => mergeRequest(begin(), number, head, message),
    async isQueued(number) {
      const { state, merge_when_pipeline_succeeds: byItself } = await requestAt(begin(), number)
      return state === 'opened' && byItself
    },
    // A request says for itself whether its branch goes, and ours say no.
    deletesMerged: async () => false,
    async close(number) {
      // A closed one refuses to be closed, which is what was wanted.
      await begin().put(`merge_requests/${number}`, { state_event: 'close' }, [400, 422])
    },
    async escalate(escalation) {
      const api = begin()
      return escalate(api, linked(escalation), await name(api), issues)
    },
    async escalated(marker) {
      const api = begin()
      return escalatedUnder(api, marker, await name(api))
    },
    // Its environments are made by its own pipelines; ours beside them would stop theirs.
    showDeployed: async () => ({ refused: 'GitLab shows what its own pipelines deploy.' }),
    isShownDeployed: async () => false,
  }
}
