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
  /** Seconds since the kills began, and what was going on. */
  at: number
  during: string
}

/** Kills spent on the watcher, the investigator and the implementer; the others wait for the release. */
const EARLY = 3
const ENDED = ['cured', 'unexposed', 'relapsed', 'held']

/**
 * Kills Nightshift, not the platform, and starts it again each time: a few times before the fix is proven, then during
 * the release, every other time within milliseconds of an effect's intent, when the call is under way or just made.
 */
export async function killAgainAndAgain(night: Night, kills: number, seed: number): Promise<Kill[]> {
  const next = random(seed)
  const done: Kill[] = []
  const began = performance.now()
  while (done.length < kills) {
    const early = done.length < EARLY
    await sleep(300 + next() * (early ? 9000 : 2500))
    if (!early && !(await releasing(night))) continue
    const effects = !early && next() < 0.5 ? await untilEffect(night, next() * 60) : 0
    const during = await going(night)
    if (ENDED.includes(during)) break
    await night.stack.killNightshift()
    done.push({
      at: Math.round((performance.now() - began) / 1000),
      during: effects ? `${during}, effect ${effects}` : during,
    })
    await sleep(next() * 500)
    await night.stack.startNightshift()
  }
  return done
}

const releasing = async (night: Night) => (await night.sql`select 1 from releases`).length > 0

async function going(night: Night): Promise<string> {
  const [row] = await night.sql<{ during: string }[]>`
    select coalesce((select state from releases), (select state from fixes), (select agent from work where subject like 'issue:%'), 'watching for events') as during`
  return row?.during ?? ''
}

/** Waits for the next effect's intent, then a few milliseconds; gives up when none comes for a while. */
async function untilEffect(night: Night, thenMs: number): Promise<number> {
  const count = async () => (await night.sql<{ n: number }[]>`select count(*)::int as n from effects`)[0]!.n
  const before = await count()
  for (let waited = 0; waited < 15_000; waited += 10) {
    const now = await count()
    if (now > before) {
      await sleep(thenMs)
      return now
    }
    await sleep(10)
  }
  return 0
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
