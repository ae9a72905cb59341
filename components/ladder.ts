import { branchOf } from '@/lib/domain/fix.ts'
import type { Pull, Release, ReleaseFacts, ReleaseState } from '@/lib/domain/release.ts'
import { probesInWords, requestsInWords, smokeInWords } from './ladderWords.ts'
import { many } from './numbers.ts'
import type { EffectLine } from './strand.ts'

/** `stopped` is where a held release stands, `turned` where one was taken back; `ahead` has not happened. */
export type RungState = 'done' | 'now' | 'stopped' | 'turned' | 'ahead'

export interface Rung {
  name: string
  state: RungState
  /** When it was reached. */
  at: Date | string | null
  /** What it counted, each a phrase with its n. */
  counted: string[]
  verdict: { answer: 'healthy' | 'unhealthy' | 'inconclusive'; why: string } | null
  /** What was done, with the commits it names. Untrusted. */
  says: string | null
}

/** Rung on which each moving state stands. */
const STANDS: Partial<Record<ReleaseState, number>> = { staging: 1, soaking: 2, promoting: 3, watching: 4 }
const MOVING = ['watching', 'promoting', 'soaking', 'staging'] as const

/** pushed → staging → soak → production → watch, with what each one did and counted so far. */
export function ladderOf(release: Release, effects: EffectLine[]): Rung[] {
  const { facts } = release
  const { entered = {} } = facts
  const pushed = effects.find((effect) => effect.kind === 'push' && effect.state === 'confirmed')
  const rungs: Omit<Rung, 'state'>[] = [
    {
      name: 'Pushed',
      at: pushed?.at ?? null,
      counted: [],
      verdict: null,
      says: atCommit(branchOf(release.fix), facts.branchSha),
    },
    {
      name: 'Staging',
      at: entered.staging ?? null,
      counted: smokeInWords(facts.stagingSmoke),
      verdict: null,
      says: byPull(atCommit('Merged and deployed', facts.stagingSha), facts.pulls?.staging),
    },
    {
      name: 'Soak',
      at: facts.soak?.since ?? null,
      counted: probesInWords(facts.soak),
      verdict: facts.soak?.verdict ?? null,
      says: null,
    },
    {
      name: 'Production',
      at: entered.promoting ?? null,
      counted: smokeInWords(facts.productionSmoke),
      verdict: null,
      says: promoted(facts),
    },
    {
      name: 'Watch',
      at: facts.watch?.since ?? null,
      counted: [...probesInWords(facts.watch), ...requestsInWords(facts.watch)],
      verdict: facts.watch?.verdict ?? null,
      says: asked(facts),
    },
  ]
  const stands = standing(release)
  return rungs.map((rung, i) => ({
    ...rung,
    state: i < stands ? 'done' : i > stands ? 'ahead' : here(release),
  }))
}

/** The rung a release stands on, or turned on; one past the last when its way was over. */
function standing({ state, facts }: Release): number {
  const last = facts.back && GOES_BACK.has(state) ? facts.back.from : state
  const moving = last === 'held' ? (MOVING.find((one) => facts.entered?.[one]) ?? 'staging') : last
  const rung = STANDS[moving] ?? (GOES_BACK.has(state) ? 4 : 5)
  return rung === 1 && !facts.branchSha ? 0 : rung
}

const GOES_BACK = new Set<ReleaseState>(['rolling-back', 'rolled-back', 'overtaken'])

const here = ({ state }: Release): RungState => (state === 'held' ? 'stopped' : GOES_BACK.has(state) ? 'turned' : 'now')

const atCommit = (what: string, sha: string | undefined): string | null =>
  sha ? `${what} at ${sha.slice(0, 7)}` : null

function promoted({ mainSha, previous, pulls }: ReleaseFacts): string | null {
  if (!mainSha) return byPull(null, pulls?.production)
  const says = `${atCommit('Merged and promoted', mainSha)}${previous ? `, after ${previous.sha.slice(0, 7)}` : ''}`
  return byPull(says, pulls?.production)
}

/** Opened, and merged where what was done is known. */
const byPull = (says: string | null, pull: Pull | undefined): string | null =>
  pull ? `${says ?? 'Opened'}, pull request ${pull.number}` : says

const asked = ({ asked: n }: ReleaseFacts): string | null => (n ? `Asked again ${many(n, 'time')}` : null)
