import { setTimeout as sleep } from 'node:timers/promises'
import type { Story } from '../../lib/store/story.ts'
import type { Night } from './night.ts'

/** Fixed seed, so that a failing schedule can be run again. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export interface Kill {
  /** Seconds since the kills began, and what the release was doing. */
  at: number
  during: string
}

/** Kills Nightshift, not the platform, at seeded moments spread over its work, and starts it again each time. */
export async function killAgainAndAgain(night: Night, kills: number, seed: number, apartMs = 9000): Promise<Kill[]> {
  const next = random(seed)
  const done: Kill[] = []
  const began = performance.now()
  for (let i = 0; i < kills; i++) {
    await sleep(500 + next() * apartMs)
    const [row] = await night.sql<{ during: string }[]>`
      select coalesce((select state from releases), (select state from fixes), (select agent from work where subject like 'issue:%'), 'watching for events') as during`
    if (['cured', 'held', 'unexposed'].includes(row?.during ?? '')) break
    await night.stack.killNightshift()
    done.push({ at: Math.round((performance.now() - began) / 1000), during: row?.during ?? '' })
    await sleep(next() * 500)
    await night.stack.startNightshift()
  }
  return done
}

/** One of everything, counted in the repository and in the platform's own log. */
export async function countedOutside(night: Night, told: Story) {
  const fix = told.fixes.find((one) => one.state === 'proven')
  const log = await night.log()
  const count = (text: string) => text.split('\n').filter(Boolean).length
  const ours = (branch: string) =>
    night.git('log', '--first-parent', '--merges', '--author=Nightshift', '--format=%H', branch)
  const deployed = (sha: string | undefined) =>
    log.filter((entry) => entry.what === 'deployment.created' && entry.sha === sha).length
  const promoted = (id: string | undefined) =>
    log.filter((entry) => entry.what === 'promoted' && entry.deployment === id).length
  const facts = told.release!.facts
  return {
    branches: count(night.git('for-each-ref', '--format=%(refname)', 'refs/heads/agent')),
    stagingMerges: count(ours('staging')),
    mainMerges: count(ours('main')),
    stagingDeployments: deployed(facts.stagingSha),
    productionDeployments: deployed(facts.mainSha),
    stagingPromotions: promoted(facts.stagingDeployment),
    productionPromotions: promoted(facts.productionDeployment),
    treeShipped: night.git('rev-parse', 'main^{tree}') === (fix?.state === 'proven' ? fix.tree : ''),
  }
}

export const ONE_OF_EACH = {
  branches: 1,
  stagingMerges: 1,
  mainMerges: 1,
  stagingDeployments: 1,
  productionDeployments: 1,
  stagingPromotions: 1,
  productionPromotions: 1,
  treeShipped: true,
}
