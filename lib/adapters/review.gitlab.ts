import type { Project } from '../domain/project.ts'
import type { Review } from '../world.ts'
import { Recent } from './github/recent.ts'
import { checksAt } from './gitlab/checks.ts'
import { type Api, gitlabApi, parsed } from './gitlab/client.ts'
import { mergeRequest } from './gitlab/merge.ts'
import { opinionsAbout } from './gitlab/opinions.ts'
import { type GitlabOptions, pathOf } from './gitlab/place.ts'
import { findRequest, openRequest, proposalOf, User } from './gitlab/requests.ts'
import { escalate, noteOn, type Written } from './gitlab/threads.ts'

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
    const known = opened.get(path) ?? reviewIn(() => gitlabApi(options, path), name)
    opened.set(path, known)
    return known
  }
}

function reviewIn(begin: () => Api, name: (api: Api) => Promise<string>): Review {
  const notes = new Recent<Written>(REMEMBERED)
  const issues = new Recent<number>(REMEMBERED)
  return {
    async open(plan) {
      const api = begin()
      return proposalOf(await openRequest(api, plan, await name(api)))
    },
    async find(branch, into) {
      const api = begin()
      const found = await findRequest(api, branch, into, await name(api))
      return found && proposalOf(found)
    },
    async comment(number, marker, body) {
      const api = begin()
      await noteOn(api, { number, marker, body, me: await name(api), known: notes })
    },
    opinions: (number) => opinionsAbout(begin(), number),
    checks: (sha) => checksAt(begin(), sha),
    merge: (number, head, message) => mergeRequest(begin(), number, head, message),
    async close(number) {
      // A closed one refuses to be closed, which is what was wanted.
      await begin().put(`merge_requests/${number}`, { state_event: 'close' }, [400, 422])
    },
    async escalate(escalation) {
      const api = begin()
      return escalate(api, escalation, await name(api), issues)
    },
  }
}
