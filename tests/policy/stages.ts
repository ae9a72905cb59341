import type { Diagnosis } from '../../lib/domain/diagnosis.ts'
import type { Fix, Proof, Proven } from '../../lib/domain/fix.ts'
import type { Issue } from '../../lib/domain/issue.ts'
import { type Level, Policy } from '../../lib/domain/project.ts'
import type { Release, ReleaseFacts, ReleaseState } from '../../lib/domain/release.ts'
import type { StageFacts } from '../../lib/policy/stageFacts.ts'

/** Rows as the store would give them; each test says what is different. */
export const seenAt = new Date('2026-06-01T10:00:00Z')
export const after = (minutes: number) => new Date(seenAt.getTime() + minutes * 60_000)

const told = { title: 'TypeError', route: 'POST /a', severityWhy: 'A request failed.', users: 3, seen: 12, sha: null }

export const issue = (over: Partial<Issue> = {}): Issue =>
  ({
    ...{ id: 1, project: 1, fingerprint: 'f', severity: 'P2', firstSeen: seenAt, lastSeen: seenAt, state: 'open' },
    ...told,
    ...over,
  }) as Issue

export const diagnosis = (over: Partial<Diagnosis> = {}): Diagnosis => ({
  id: 1,
  issue: 1,
  at: after(1),
  cause: 'code',
  remedy: 'code-fix',
  confidence: 0.8,
  why: 'TypeError at src/a.ts:3.',
  facts: {
    base: 'b',
    route: null,
    crash: null,
    spots: [],
    frames: [],
    suspect: null,
    previous: null,
    suspectIsNew: false,
    requests: [],
    events: [],
  },
  ...over,
})

const common = (attempt: Fix['attempt']) => ({
  id: `fix-${attempt}`,
  project: 1,
  issue: 1,
  attempt,
  base: 'b',
  createdAt: after(attempt * 2),
  withdrawn: false,
  withdrawnWhy: null,
  superseded: false,
})

export const drafting = (attempt: Fix['attempt']): Fix => ({ ...common(attempt), state: 'drafting' })

export const refused = (attempt: Fix['attempt'], why = 'a test broke'): Fix => ({
  ...common(attempt),
  state: 'refused',
  why,
  proof: null,
  patch: null,
})

export const proven = (attempt: Fix['attempt'], over: Partial<Proven> = {}): Fix => ({
  ...common(attempt),
  state: 'proven',
  tree: 't',
  patch: 'p',
  files: [],
  fixture: {
    id: 'x',
    route: 'POST /a',
    request: { method: 'GET', path: '/', headers: {}, body: null },
    expect: { status: 404 },
  },
  probes: { health: '/healthz', smoke: [] },
  diff: [],
  summary: 'A guard.',
  assumes: [],
  risk: { low: true, reasons: [], files: 1, lines: 1 },
  proof: { tier: 'replayed', kept: [] as string[] } as Proof,
  provenAt: after(attempt * 2 + 1),
  ...over,
})

export const release = (state: ReleaseState, facts: ReleaseFacts = {}, fix = 'fix-1'): Release => ({
  id: 1,
  project: 1,
  fix,
  issue: 1,
  state,
  facts,
  backBy: null,
  createdAt: after(4),
})

export const project = (level: Level = 2, pausedAt: Date | null = null): StageFacts['project'] => ({
  level,
  policy: Policy.parse({}),
  policyVersion: 1,
  pausedAt,
})

export const nothing: StageFacts = {
  project: project(),
  issue: issue(),
  diagnosis: null,
  fixes: [],
  release: null,
  now: after(30),
}
