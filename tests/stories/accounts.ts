import type { Accounts } from '../../cli/stack/emulated.ts'
import type { Story } from '../../lib/store/story.ts'
import type { Night } from './night.ts'

/**
 * One of everything, counted at the emulated services alone: what arrived there, whatever Nightshift believes. Of a list
 * of things that may be several (comments, messages), the most often that one and the same thing is there.
 */
export function countedAtAccounts(accounts: Accounts, night: Night, told: Story) {
  const facts = told.release!.facts
  const { github, repo, vercel, sentry, slack } = accounts
  const ours = (branch: string) =>
    night.git('log', '--first-parent', '--merges', '-i', '--author=nightshift', '--format=%H', branch)
  const builds = (sha: string | undefined, target: 'production' | null) =>
    vercel.store.state.deployments.filter((one) => one.sha === sha && one.target === target)
  const promoted = new Set(builds(facts.mainSha, 'production').map(({ id }) => id))
  return {
    branches: github.service.effects.filter(({ what, on }) => what === 'ref-created' && on.startsWith('agent/')).length,
    pulls: most(repo.threads.flatMap(({ pull }) => (pull ? [`${pull.head} ${pull.base}`] : []))),
    merges: most(github.service.effects.flatMap(({ what, on }) => (what === 'merge' ? [on] : []))),
    comments: most(
      repo.threads.flatMap(({ number, comments }) => comments.map(({ body }) => `${number} ${first(body)}`)),
    ),
    stagingMerges: lines(ours('staging')),
    mainMerges: lines(ours('main')),
    stagingBuilds: builds(facts.stagingSha, null).length,
    productionBuilds: promoted.size,
    promotions: vercel.effects.filter(({ what, deployment }) => what === 'promoted' && promoted.has(deployment)).length,
    resolved: sentry.store.issues.filter(({ status }) => status === 'resolved').length,
    remarks: most(
      sentry.store.issues.flatMap(({ id, comments }) => comments.map(({ text }) => `${id} ${first(text)}`)),
    ),
    messages: most(slack.workspace.messages.map(({ metadata }) => JSON.stringify(metadata?.event_payload ?? null))),
  }
}

/** How often the most frequent of them is there; 0 of nothing. */
function most(names: string[]): number {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}

const first = (text: string) => text.split('\n')[0]
const lines = (text: string) => text.split('\n').filter(Boolean).length

export const ONE_AT_EACH = {
  ...{ branches: 1, pulls: 1, merges: 1, comments: 1, stagingMerges: 1, mainMerges: 1, stagingBuilds: 1 },
  ...{ productionBuilds: 1, promotions: 1, resolved: 1, remarks: 1, messages: 1 },
}
