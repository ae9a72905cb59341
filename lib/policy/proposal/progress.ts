import type { DeployRecord } from '../../domain/proposal.ts'
import type { Release, ReleaseFacts, ReleaseState } from '../../domain/release.ts'

/**
 * How far a release is, for a comment that is edited in place: numbers, hashes and words of ours alone. What others said
 * or wrote, and reasons that may repeat it, are on our page.
 */
export function progressOf({ id, state, facts }: Pick<Release, 'id' | 'state' | 'facts'>): string {
  const lines = [stagingLine(facts), productionLine(facts)].flatMap((line) => (line ? [`- ${line}`] : []))
  const now = waitingOf({ state, facts }) ?? STATES[state]
  return [`**Release ${id}: ${now}**`, '', ...(lines.length > 0 ? lines : ['- Nothing has been merged yet.'])].join(
    '\n',
  )
}

const STATES: Record<ReleaseState, string> = {
  staging: 'on its way to staging.',
  soaking: 'soaking on staging.',
  promoting: 'on its way to production.',
  watching: 'in production, and watched.',
  'rolling-back': 'being taken back.',
  cured: 'cured: the error stopped.',
  unexposed: 'in production; not yet shown to be cured.',
  relapsed: 'in production; the error came again.',
  'rolled-back': 'taken back.',
  overtaken: 'overtaken: it is proven again on what production runs.',
  held: 'held for a person.',
}

function waitingOf({ state, facts: { refused } }: Pick<Release, 'state' | 'facts'>): string | null {
  if (!refused || (state !== 'staging' && state !== 'promoting')) return null
  if (refused.asks) return `waits for a person’s approval of ${refused.target}.`
  if (refused.reason.startsWith('held: ')) return `waits before ${refused.target}: ${refused.reason}.`
  return `waits before ${refused.target}; the page says for what.`
}

const short = (sha: string): string => sha.slice(0, 12)

function stagingLine({ stagingSha, stagingSmoke, soak }: ReleaseFacts): string | null {
  if (!stagingSha) return null
  const smoke = stagingSmoke ? `, ${stagingSmoke.passed} smoke tests passed and ${stagingSmoke.failed} failed` : ''
  const verdict = soak?.verdict
    ? `, ${soak.probes.sent} probes sent and ${soak.probes.failed} failed: ${soak.verdict.answer}`
    : ''
  return `Staging: merged as ${short(stagingSha)}${smoke}${verdict}.`
}

function productionLine({ mainSha, productionSmoke, watch }: ReleaseFacts): string | null {
  if (!mainSha) return null
  const smoke = productionSmoke ? `, ${productionSmoke.passed} smoke tests passed without traffic` : ''
  const verdict = watch?.verdict ? `, ${watch.probes.sent} probes sent: ${watch.verdict.answer}` : ''
  return `Production: merged as ${short(mainSha)}${smoke}${verdict}.`
}

const OUT: ReleaseState[] = ['watching', 'cured', 'unexposed', 'relapsed']
const ON_STAGING: ReleaseState[] = ['soaking', 'promoting', ...OUT]

/** What became of its commits in the two environments. */
export function deploymentsOf(
  { id, state, facts }: Pick<Release, 'id' | 'state' | 'facts'>,
  link: string,
): DeployRecord[] {
  const { stagingSha, stagingDeployment, mainSha, productionDeployment, back } = facts
  const shown: DeployRecord[] = []
  const isBack = state === 'rolling-back' || state === 'rolled-back' || state === 'overtaken'
  const at = (arrived: boolean, undone: boolean): DeployRecord['state'] => {
    if (undone) return back?.kind === 'failed' ? 'failure' : 'inactive'
    return arrived ? 'success' : 'in_progress'
  }
  if (stagingSha && stagingDeployment) {
    const undone = isBack && back?.undone?.staging !== undefined
    const arrived = ON_STAGING.includes(state) || facts.soak !== undefined
    const key = `release:${id}:staging`
    shown.push({ sha: stagingSha, environment: 'staging', key, state: at(arrived, undone), link })
  }
  if (mainSha && productionDeployment) {
    const undone = isBack && back?.undone?.production !== undefined
    const arrived = OUT.includes(state) || facts.watch !== undefined
    const key = `release:${id}:production`
    shown.push({ sha: mainSha, environment: 'production', key, state: at(arrived, undone), link })
  }
  return shown
}
