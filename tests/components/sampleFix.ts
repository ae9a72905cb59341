import type { Fix, Proof, ProofRun, Proven } from '../../lib/domain/fix.ts'
import { BASE, minutesAgo } from './sampleIssue.ts'

const run = (side: 'A' | 'B', ms: number): ProofRun => ({
  side,
  status: side === 'A' ? 500 : 404,
  fingerprint: side === 'A',
  others: 0,
  egress: 0,
  ms,
  asExpected: true,
})

export const proof: Proof = {
  tier: 'replayed',
  runs: [run('A', 22.4), run('B', 9), run('A', 19), run('B', 11), run('A', 20), run('B', 8)],
  suite: {
    stable: 41,
    broken: [],
    flickering: [],
    lost: [],
    newTestFailedBefore: true,
    newTestPassed: true,
    runs: [
      { side: 'before', passed: 41, failed: 0, ms: 2210 },
      { side: 'before', passed: 41, failed: 0, ms: 2190 },
      { side: 'before', passed: 41, failed: 0, ms: 2204 },
      { side: 'after', passed: 42, failed: 0, ms: 2251 },
      { side: 'after', passed: 42, failed: 0, ms: 2233 },
      { side: 'after', passed: 42, failed: 0, ms: 2240 },
    ],
  },
  types: { before: 0, after: 0 },
  smokeChanged: [],
  gate: 'pass',
  kept: ['$.practiceId'],
  boundary: 'bubblewrap: namespaces, seccomp and limits; not a virtual machine',
  ms: 41_200,
}

const line = (kind: 'same' | 'add' | 'del', at: number, text: string) => ({ kind, line: at, text })

export function proven(over: Partial<Proven> = {}): Proven {
  return {
    id: '3fa9c01d77be',
    project: 1,
    issue: 12,
    attempt: 1,
    base: BASE,
    createdAt: minutesAgo(56),
    withdrawn: false,
    withdrawnWhy: null,
    superseded: false,
    state: 'proven',
    tree: BASE,
    patch: 'p1',
    files: [],
    fixture: {
      id: '3fa9c01d77be',
      route: 'POST /api/campaigns/launch',
      request: {
        method: 'POST',
        path: '/api/campaigns/launch',
        headers: { 'content-type': 'application/json' },
        body: '{"practiceId":99}',
      },
      expect: { status: 404 },
    },
    probes: { health: '/healthz', smoke: [] },
    diff: [
      {
        path: 'src/routes/launch.ts',
        rows: [
          line('same', 28, 'export function launchCampaign(db: Database, body: LaunchBody) {'),
          line('same', 29, '  const practice = findPractice(db, body.practiceId)'),
          line('add', 30, "  if (!practice) return { status: 404, body: { error: 'practice not found' } }"),
          line('same', 31, '  const target = practice.id'),
          { kind: 'gap', text: '', line: null },
          line('del', 40, '  return launched!'),
          line('add', 41, '  return launched'),
        ],
      },
    ],
    summary: 'Answers 404 when the practice does not exist, before its id is read.',
    assumes: ['A missing practice is answered as the nearest guard of this file does: 404 with an error field.'],
    risk: { low: true, reasons: [], files: 1, lines: 3 },
    proof,
    provenAt: minutesAgo(55),
    ...over,
  }
}

const common = (attempt: 1 | 2 | 3) => ({
  id: `${attempt}b2c3d4e5f60`,
  project: 1,
  issue: 12,
  attempt,
  base: BASE,
  createdAt: minutesAgo(56 - attempt),
  withdrawn: false,
  withdrawnWhy: null,
  superseded: false,
})

export const drafting = (attempt: 1 | 2 | 3): Fix => ({ ...common(attempt), state: 'drafting' })

export const refused = (attempt: 1 | 2 | 3, why: string, shown: Proof | null = null): Fix => ({
  ...common(attempt),
  state: 'refused',
  why,
  proof: shown,
  patch: null,
})
