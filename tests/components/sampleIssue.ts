import type { Diagnosis } from '../../lib/domain/diagnosis.ts'
import type { Issue } from '../../lib/domain/issue.ts'
import { Policy, type Project, Settings } from '../../lib/domain/project.ts'

/** The instant every sample is told at. */
export const NOW = new Date('2026-11-20T04:10:00Z')
export const minutesAgo = (n: number): Date => new Date(NOW.getTime() - n * 60_000)

export const BASE = '5f0d3ac1b2c3d4e5f60718293a4b5c6d7e8f9012'
export const SUSPECT = '9b1c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4'

export function project(over: Partial<Project> = {}): Project {
  return {
    id: 1,
    slug: 'clinic',
    name: 'Northside Clinic',
    level: 2,
    policy: Policy.parse({ hours: { zone: 'Europe/London', from: 0, to: 24, days: [1, 2, 3, 4, 5, 6, 7] } }),
    policyVersion: 1,
    capPerDay: 10,
    pausedAt: null,
    pausedBy: null,
    pausedWhy: null,
    settings: Settings.parse({ repository: '/srv/git/clinic.git', app: 'clinic' }),
    ingestNo: 1,
    ...over,
  }
}

export function issue(over: Partial<Issue> = {}): Issue {
  return {
    id: 12,
    project: 1,
    fingerprint: 'f1a2b3c4d5e6f708',
    title: "TypeError: Cannot read properties of undefined (reading 'id')",
    route: 'POST /api/campaigns/launch',
    severity: 'P2',
    severityWhy: 'A request failed; 7 users saw it.',
    users: 7,
    seen: 412,
    sha: BASE,
    firstSeen: minutesAgo(58),
    lastSeen: minutesAgo(21),
    state: 'open',
    ...over,
  } as Issue
}

export function diagnosis(over: Partial<Diagnosis> = {}): Diagnosis {
  const crash = {
    path: 'src/routes/launch.ts',
    line: 31,
    column: 24,
    function: 'launchCampaign',
    type: 'TypeError',
    message: 'x',
  }
  const frame = {
    path: crash.path,
    function: crash.function,
    line: 31,
    column: 24,
    inApp: true,
    context: '  const target = practice.id',
  }
  return {
    id: 4,
    issue: 12,
    at: minutesAgo(57),
    cause: 'code',
    remedy: 'code-fix',
    confidence: 1,
    why: 'TypeError at src/routes/launch.ts:31 in launchCampaign. The line came with 9b1c2d3, which is new in production.',
    facts: {
      base: BASE,
      route: 'POST /api/campaigns/launch',
      crash,
      spots: [],
      frames: [
        frame,
        { ...frame, line: 88, function: 'handle', path: 'src/server.ts', context: null },
        { ...frame, path: null, inApp: false },
      ],
      suspect: {
        sha: SUSPECT,
        tree: BASE,
        parents: [],
        author: 'Ines Moreau',
        at: '2026-11-18T15:02:00Z',
        subject: 'Launch campaigns for several practices at once',
      },
      previous: SUSPECT,
      suspectIsNew: true,
      requests: [{ method: 'POST', path: '/api/campaigns/launch', headers: {}, body: '{}', capture: 'complete' }],
      events: ['a', 'b'],
    },
    ...over,
  }
}

/** A burst that rises, falls and stops with the release. */
export const minutes = Array.from({ length: 38 }, (_, i) => ({
  minute: minutesAgo(58 - i),
  n: 3 + Math.round(8 * Math.sin(i / 6) ** 2) + (i % 4),
}))
