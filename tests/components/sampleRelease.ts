import type { Back, CureAnswer, Release, ReleaseFacts, ReleaseState, Watch } from '../../lib/domain/release.ts'
import { minutesAgo, SUSPECT } from './sampleIssue.ts'

const at = (ago: number): string => minutesAgo(ago).toISOString()

export function watch(ago: number, over: Partial<Watch> = {}): Watch {
  return {
    since: at(ago),
    probes: { sent: 62, failed: 0, p50: 9, p95: 24 },
    before: { requests: 1804, failed: 31, p95: 50 },
    after: { requests: 1870, failed: 0, p95: 25 },
    newErrors: [],
    healthFailures: 0,
    ...over,
  }
}

const healthy = { answer: 'healthy', why: '62 probes sent, none failed; no new error' } as const

export const cure = (answer: CureAnswer['answer'], sentence: string): CureAnswer => ({
  answer,
  sentence,
  exposure: {
    failuresBefore: 31,
    requestsBefore: 1804,
    requestsSince: 1870,
    seenSince: 0,
    rate: 0.01213,
    expected: 22.68,
  },
})

const STAGED: ReleaseFacts = {
  branchSha: 'aa11bb22cc33dd44ee55ff66aa77bb88cc99dd00',
  stagingSha: 'bb11bb22cc33dd44ee55ff66aa77bb88cc99dd00',
  stagingDeployment: 'd-7',
  stagingSmoke: { passed: 5, failed: 0 },
}
const SOAKED: ReleaseFacts = { ...STAGED, soak: { ...watch(52), verdict: healthy } }
const PROMOTED: ReleaseFacts = {
  ...SOAKED,
  mainSha: 'cc11bb22cc33dd44ee55ff66aa77bb88cc99dd00',
  productionDeployment: 'd-8',
  productionSmoke: { passed: 5, failed: 0 },
  previous: { deployment: 'd-3', sha: SUSPECT },
}
const WATCHED: ReleaseFacts = { ...PROMOTED, watch: { ...watch(20), verdict: healthy } }

const BACK: Back = {
  kind: 'unhealthy',
  why: 'A new error was seen 3 times.',
  from: 'watching',
  lane: 'production',
  at: at(2),
  turn: 1,
  undone: { production: 'Production serves 9b1c2d3 again and answers its health check.' },
}
const ALL_UNDONE: Back['undone'] = {
  ...BACK.undone,
  main: 'Taken out of main by dd11bb2.',
  staging: 'Staging serves 9b1c2d3 again.',
  branch: 'Taken out of staging by ee11bb2.',
}

const FACTS: Record<ReleaseState, ReleaseFacts> = {
  staging: {},
  soaking: { ...STAGED, soak: watch(1, { probes: { sent: 23, failed: 0, p50: 8, p95: 19 } }) },
  promoting: SOAKED,
  watching: { ...PROMOTED, watch: watch(4) },
  cured: { ...WATCHED, cure: cure('cured', '22 expected, 0 seen') },
  unexposed: {
    ...WATCHED,
    asked: 1,
    cure: cure('unexposed', '1.2 expected, 0 seen: too few requests since to tell, 4.6 expected are needed'),
  },
  relapsed: { ...WATCHED, cure: cure('relapsed', '22 expected, 2 seen: it is back') },
  'rolling-back': {
    ...PROMOTED,
    watch: { ...watch(8), verdict: { answer: 'unhealthy', why: 'a new error was seen 3 times' } },
    back: BACK,
  },
  'rolled-back': {
    ...PROMOTED,
    back: { ...BACK, undone: ALL_UNDONE },
    watch: { ...watch(8), verdict: { answer: 'unhealthy', why: 'a new error was seen 3 times' } },
  },
  overtaken: { ...SOAKED, back: { ...BACK, kind: 'overtaken', from: 'soaking', lane: 'staging', undone: ALL_UNDONE } },
  held: { ...SOAKED, waiting: 'staging differs from main by more than this fix' },
}

const WAY: ReleaseState[] = ['staging', 'soaking', 'promoting', 'watching']

/** A release in this state, with the times at which it got there. */
export function release(state: ReleaseState, over: Partial<Release> = {}): Release {
  const reached = state === 'held' ? 2 : WAY.includes(state) ? WAY.indexOf(state) : 3
  const entered = Object.fromEntries(WAY.slice(0, reached + 1).map((one, i) => [one, at(54 - i * 11)]))
  const facts = { ...FACTS[state], entered: { ...entered, ...(WAY.includes(state) ? {} : { [state]: at(1) }) } }
  return {
    id: 3,
    project: 1,
    fix: '3fa9c01d77be',
    issue: 12,
    state,
    facts,
    backBy: null,
    createdAt: minutesAgo(54),
    ...over,
  }
}

export const effects = [
  { key: '3fa9c01d77be:push', kind: 'push', target: 'branch', state: 'confirmed', at: minutesAgo(54), auditSeq: 44 },
  {
    key: '3fa9c01d77be:merge:staging',
    kind: 'merge',
    target: 'staging',
    state: 'confirmed',
    at: minutesAgo(53),
    auditSeq: 47,
  },
]
