import type { Told } from '../../components/strand.ts'
import { drafting, proof, proven, refused } from './sampleFix.ts'
import { BASE, diagnosis, issue, minutes, minutesAgo } from './sampleIssue.ts'
import { effects, release } from './sampleRelease.ts'
import { hostileWitnesses, witnesses } from './sampleWitness.ts'

/** Text that would be markup, a link, another direction or another name if a page let it. */
export const HOSTILE = {
  script: `<script>alert('x')</script>`,
  image: '"><img src=x onerror=alert(1)>',
  direction: 'access\u202e // niam\u202c granted',
  invisible: 'admin\u200b\ufeff\u{e0041}',
  rtl: 'שלום',
} as const
const hostile = Object.values(HOSTILE).join(' ')

const rows = [
  {
    seq: 41,
    at: minutesAgo(58),
    actor: 'watcher',
    what: 'issue.opened',
    body: { issue: 12, severity: 'P2', why: 'A request failed; 7 users saw it.' },
  },
  {
    seq: 42,
    at: minutesAgo(57),
    actor: 'investigator',
    what: 'issue.diagnosed',
    body: { cause: 'code', remedy: 'code-fix', confidence: 1 },
  },
  { seq: 43, at: minutesAgo(55), actor: 'implementer', what: 'fix.proven', body: { attempt: 1, tier: 'replayed' } },
  {
    seq: 44,
    at: minutesAgo(54),
    actor: 'release',
    what: 'effect.intent',
    body: { key: '3fa9c01d77be:push', kind: 'push', target: 'branch' },
  },
  {
    seq: 45,
    at: minutesAgo(54),
    actor: 'gate',
    what: 'effect.confirmed',
    body: { key: '3fa9c01d77be:push', receipt: {} },
  },
  {
    seq: 46,
    at: minutesAgo(30),
    actor: 'release',
    what: 'effect.refused',
    body: { kind: 'promote', target: 'production', reason: 'outside its window' },
  },
]
const audit = rows.map((row) => ({ ...row, hash: `${row.seq}`.padStart(64, 'a') }))

const bare: Told = {
  issue: issue(),
  diagnosis: null,
  fixes: [],
  release: null,
  effects: [],
  audit: audit.slice(0, 1),
  minutes,
  witnesses: [],
  earlier: [],
}
const diagnosed: Told = { ...bare, diagnosis: diagnosis(), witnesses, audit: audit.slice(0, 2) }
const shipping: Told = { ...diagnosed, fixes: [proven()], effects, audit }
const closed = { state: 'closed', closedAs: 'cured', closedAt: minutesAgo(1) } as const
const of = (id: number, told: Told): Told => ({ ...told, issue: { ...told.issue, id } })

/** One told issue for each state a person can meet. */
export const SAMPLES = {
  noticed: of(1, {
    ...bare,
    issue: issue({ severity: 'P4', severityWhy: 'A warning, a slow route or a finding: no request failed.' }),
  }),
  diagnosing: of(2, { ...bare, minutes: [] }),
  fixing: of(3, { ...diagnosed, fixes: [drafting(1)] }),
  proven: of(4, { ...diagnosed, fixes: [proven()] }),
  staging: of(5, { ...shipping, release: release('staging'), effects: [] }),
  soaking: of(6, { ...shipping, release: release('soaking') }),
  promoting: of(7, { ...shipping, release: release('promoting') }),
  watching: of(8, { ...shipping, release: release('watching') }),
  cured: of(9, { ...shipping, issue: issue(closed), release: release('cured') }),
  unexposed: of(10, { ...shipping, release: release('unexposed') }),
  relapsed: of(11, { ...shipping, release: release('relapsed') }),
  'rolled-back': of(12, {
    ...shipping,
    fixes: [proven({ withdrawn: true, withdrawnWhy: 'A new error was seen 3 times.' })],
    release: release('rolled-back'),
  }),
  held: of(13, { ...shipping, release: release('held') }),
  'waiting-for-you': of(14, {
    ...diagnosed,
    issue: issue({ users: null }),
    fixes: [proven({ risk: { low: false, reasons: ['It touches 3 files; low risk is 2.'], files: 3, lines: 44 } })],
    release: release('promoting', {
      facts: {
        ...release('promoting').facts,
        refused: {
          kind: 'merge',
          target: 'production',
          reason: 'no approval for this tree',
          why: ['The risk is not low.', 'It touches 3 files; low risk is 2.'],
          asks: true,
        },
      },
    }),
  }),
  'rolling-back': of(19, { ...shipping, release: release('rolling-back') }),
  'needs-person': of(15, {
    ...diagnosed,
    fixes: [
      refused(1, 'one of three runs without the fix did not fail', {
        ...proof,
        runs: proof.runs.map((run, i) =>
          i === 2 ? { ...run, asExpected: false, status: 200, fingerprint: false } : run,
        ),
      }),
      refused(2, 'the suite lost a test: campaigns › lists drafts', {
        ...proof,
        types: null,
        suite: { ...proof.suite, lost: ['campaigns › lists drafts'] },
      }),
      refused(3, hostile),
    ],
  }),
  'no-code-cause': of(16, {
    ...bare,
    diagnosis: diagnosis({
      cause: 'no-code-cause',
      remedy: 'needs-person',
      confidence: 0.9,
      why: 'The error ends in a network failure: another host did not answer. No change of this code would cure it.',
    }),
  }),
  archived: of(17, { ...diagnosed, issue: issue({ state: 'closed', closedAs: 'archived', closedAt: minutesAgo(3) }) }),
} satisfies Record<string, Told>

/** The same issue with hostile text wherever text from outside can stand. */
export const hostileTold: Told = of(18, {
  ...shipping,
  issue: issue({ title: hostile, route: hostile, severityWhy: hostile }),
  diagnosis: diagnosis({
    why: hostile,
    facts: {
      ...diagnosis().facts,
      crash: { ...diagnosis().facts.crash!, path: hostile },
      commits: [{ ...diagnosis().facts.suspect!, sha: BASE, author: hostile, subject: hostile }],
      frames: [{ path: hostile, function: hostile, line: 31, column: 1, inApp: true, context: hostile }],
      suspect: { ...diagnosis().facts.suspect!, author: hostile, subject: hostile },
    },
  }),
  fixes: [
    proven({
      summary: hostile,
      assumes: [hostile],
      diff: [{ path: hostile, rows: [{ kind: 'add', line: 1, text: hostile }] }],
      fixture: { ...proven().fixture, request: { ...proven().fixture.request, path: `/${hostile}`, body: hostile } },
      proof: {
        ...proof,
        runs: proof.runs.map((run) => ({ ...run, saw: [{ type: hostile, message: hostile }], body: hostile })),
        boundary: hostile,
        kept: [hostile],
        smokeChanged: [hostile],
        suite: { ...proof.suite, flickering: [hostile] },
      },
    }),
  ],
  release: release('held', { facts: { ...release('held').facts, waiting: hostile } }),
  audit: [{ seq: 1, at: minutesAgo(2), actor: hostile, what: hostile, body: { reason: hostile }, hash: '' }],
  witnesses: hostileWitnesses(hostile),
})
