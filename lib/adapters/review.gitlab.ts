import type { Project } from '../domain/project.ts'
import type { Review } from '../world/review.ts'
import { checksAt } from './gitlab/checks.ts'
import { type Api, gitlabApi, parsed } from './gitlab/client.ts'
import { mergeRequest } from './gitlab/merge.ts'
import { opinionsAbout } from './gitlab/opinions.ts'
import { type GitlabOptions, pathOf } from './gitlab/place.ts'
import { findRequest, openRequest, proposalOf, readyRequest, requestAt, User } from './gitlab/requests.ts'
import { gitlabThreads } from './gitlab/threads.ts'
import { nameFrom } from './review/me.ts'
import { linkedTo } from './review/pages.ts'
import { threadsOver } from './review/threads.ts'

/** Merge requests, approvals, pipelines and issues on GitLab (docs.gitlab.com/api). Once a process: it remembers what it wrote. */
export function gitlabReview(options: GitlabOptions): (project: Project) => Review {
  const opened = new Map<string, Review>()
  const name = nameFrom((api: Api) => api.get('/user').then(({ data }) => parsed(User, data, 'user').username))
  return (project) => {
    const path = pathOf(options.url, project)
    const known = opened.get(path) ?? reviewIn(() => gitlabApi(options, path), name, options.pages)
    opened.set(path, known)
    return known
  }
}

function reviewIn(begin: () => Api, name: (api: Api) => Promise<string>, pages: string | undefined): Review {
  const linked = linkedTo(pages)
  const threads = async () => {
    const api = begin()
    return gitlabThreads(api, await name(api))
  }
  return {
    ...threadsOver(threads, pages),
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
    // Its environments are made by its own pipelines; ours beside them would stop theirs.
    showDeployed: async () => ({ refused: 'GitLab shows what its own pipelines deploy.' }),
    isShownDeployed: async () => false,
  }
}
