import { expect, test } from 'vitest'
import { AuditLog } from '../../components/auditLog.tsx'
import { auditMore } from '../../components/auditMore.ts'
import { auditHref, KINDS, KindNav, kindOf, PageNav } from '../../components/auditNav.tsx'
import { auditWords } from '../../components/auditWords.ts'
import { Chain, type Verified } from '../../components/chain.tsx'
import { Policy } from '../../lib/domain/project.ts'
import { html, words } from './markup.tsx'
import { HOSTILE } from './sample.ts'
import { minutesAgo } from './sampleIssue.ts'

const line = (what: string, body: Record<string, unknown> = {}) => ({
  seq: 7,
  at: minutesAgo(1),
  actor: 'Ines',
  what,
  body,
})

test.each<[string, Record<string, unknown>, string]>([
  ['control.registered', { slug: 'clinic', level: 1 }, 'Project clinic registered at level 1'],
  ['control.paused', { why: '', inFlight: [] }, 'Paused'],
  ['control.paused', { why: 'a bad feeling', inFlight: ['k'] }, 'Paused with 1 call under way: a bad feeling'],
  ['control.resumed', { person: 1, via: 'page' }, 'Resumed'],
  [
    'control.approved',
    { fix: '3fa9c01d77be', target: 'production', hours: '72.0000' },
    'Approved: fix 3fa9c01d77be up to production, for 72 hours',
  ],
  ['control.linked', { name: 'Ines', slack: 'U0INES' }, 'Linked to Slack: Ines is U0INES'],
  ['control.linked', { name: 'Ines', github: 'ines' }, 'Linked to GitHub: Ines is ines'],
  [
    'control.revoked',
    { name: 'Ines', fix: '3fa9', why: 'the review does not stand any more' },
    'Ines’s review does not stand any more: fix 3fa9: the review does not stand any more',
  ],
  ['effect.confirmed', { key: '3fa9c01d77be:propose:production:staging' }, 'Read back as done: open a pull request'],
  [
    'effect.intent',
    { kind: 'propose-revert', target: 'production' },
    'Allowed: open a pull request that takes it out of production',
  ],
  ['effect.intent', { kind: 'withdraw', target: 'staging' }, 'Allowed: close the pull request to staging'],
  ['effect.confirmed', { key: 'tell:pull:3:7:2' }, 'Read back as done: tell on the code host'],
  ['control.rejected', { fix: '3fa9', why: 'Ines rejected it: no' }, 'Rejected: fix 3fa9: Ines rejected it: no'],
  [
    'control.rollback',
    { release: 3, why: 'Ines rolled it back: no' },
    'Rollback ordered: release 3: Ines rolled it back: no',
  ],
  ['control.level', { from: 2, level: 1, policyVersion: 4 }, 'Level 2 to level 1, which makes policy version 4'],
  ['control.policy', { policyVersion: 5 }, 'Policy changed, which makes policy version 5'],
  ['effect.intent', { kind: 'rollback', target: 'production' }, 'Allowed: rollback on production'],
  ['effect.confirmed', { key: 'x:revert:staging' }, 'Read back as done: revert on staging'],
  ['effect.failed', { key: 'x:merge:staging#2' }, 'Failed: merge to staging, try 2'],
  ['issue.reopened', { why: 'A new error.' }, 'Issue open again: A new error.'],
  ['release.rolling-back', { why: 'A new error.', kind: 'unhealthy' }, 'Release: rolling back: A new error.'],
  ['release.rolled-back', {}, 'Release: rolled back'],
  ['release.constructor', {}, 'Release: constructor'],
])('%s %j reads as a sentence', (what, body, expected) => {
  expect(auditWords(line(what, body))).toBe(expected)
})

test('behind an intent: the decision, its reasons, its window, the approval, and what it acted on', () => {
  const decision = {
    answer: 'ask',
    reasons: ['The risk is not low.', 'It touches 3 files.'],
    policyVersion: 2,
    from: '2026-11-20T03:00:00Z',
    until: '2026-11-20T03:15:00Z',
  }
  const body = { key: 'x:push', kind: 'push', aim: 'agent/fix-x', tree: 'ab', fix: 'x', approval: 4, decision }
  expect(auditMore(line('effect.intent', body), 'Europe/London')).toEqual([
    ['Decided', ['ask, under policy version 2']],
    ['Because', ['The risk is not low.', 'It touches 3 files.']],
    ['Holds', ['20 Nov, 03:00:00 to 20 Nov, 03:15:00']],
    ['Approval', ['4']],
    ['Acts on', ['agent/fix-x']],
    ['Tree', ['ab']],
    ['Fix', ['x']],
    ['Key', ['x:push']],
  ])
})

test('behind a changed policy: what changed; behind a decision: through which door', () => {
  const was = Policy.parse({})
  const body = { policy: { ...was, probes: 99 }, was, capPerDay: 5, via: 'cli' }
  expect(auditMore(line('control.policy', body), 'UTC')).toEqual([
    ['Changed', ['Probes: at least 60 in a soak → at least 99 in a soak', 'Promotions: at most 5 a day']],
    ['Through', ['the command line']],
  ])
})

test.each([
  { decision: 'x', receipt: [1], inFlight: 'x', policy: null, was: 7, via: 'x', approval: null },
  { decision: { reasons: [{}], answer: 7, from: 'x', until: 'y' } },
])('a body of another shape breaks nothing: %j', (body) => {
  expect(() => html(<AuditLog rows={[line('control.policy', body)]} zone="UTC" />)).not.toThrow()
})

test('a row: number, time, who, what, the issue as a link; hostile text stays text', () => {
  const text = Object.values(HOSTILE).join(' ')
  const rows = [
    line('issue.opened', { issue: 12, severity: 'P2', why: text }),
    { ...line(text, { decision: { reasons: [text] }, key: text, issue: 'javascript:alert(1)' }), seq: 6, actor: text },
  ]
  const markup = html(<AuditLog rows={rows} zone="Europe/London" />)
  expect(words(markup)).toContain('Row 7 20 Nov, 04:09:00 Ines Issue opened as P2: ')
  expect(markup).toContain('href="/dashboard/agent-control/issues/12"')
  expect(markup).not.toMatch(/<script|<img|href="javascript/)
})

test('an address chooses what is shown; anything else shows everything', () => {
  expect(['effects', 'decisions', 'refusals', 'everything', 'x', 'constructor', undefined].map(kindOf)).toEqual([
    'effects',
    'decisions',
    'refusals',
    'everything',
    'everything',
    'everything',
    'everything',
  ])
  expect(Object.values(KINDS).map(({ like }) => like)).toEqual(['%', 'effect.%', 'control.%', '%.refused'])
  expect(auditHref({ project: 'a&b', kind: 'effects', before: 9 }, { verify: '1' })).toBe(
    '/dashboard/agent-control/audit?project=a%26b&kind=effects&before=9&verify=1',
  )
})

test('links to what else can be shown, and to older and newer rows where there are any', () => {
  const nav = html(<KindNav project="clinic" kind="refusals" />)
  expect(nav).toMatch(/<a [^>]*aria-current="page"[^>]*>Refusals/)
  const pages = (older: number | null, newer: number | null) =>
    words(html(<PageNav project="clinic" kind="effects" older={older} newer={newer} />))
  expect([pages(5, 9), pages(5, null), pages(null, 9), pages(null, null)]).toEqual([
    'Newer Older',
    'Older',
    'Newer',
    '',
  ])
})

const chain = (verified: Verified | null) =>
  words(html(<Chain head={{ seq: 12, hash: 'ab'.repeat(32) }} verified={verified} verify="/x" />))

test('the chain: its head to write down, and on demand whether it holds', () => {
  expect(chain(null)).toMatch(/^The chain It stands at row 12, hash (ab){32} \. Write both down .* Verify every row$/)
  const holds = { answer: 'holds', rows: 12, anchors: 3, problems: [] } as const
  expect(chain({ ...holds, problems: [] })).toContain(
    'The chain holds 12 rows, held against 3 positions kept outside the database. It stands at row 12',
  )
  const problems = [{ seq: 4, problem: 'the row was edited' }]
  expect(chain({ answer: 'broken', rows: 12, anchors: 1, problems })).toContain(
    'The chain is broken 12 rows, held against 1 position kept outside the database: 1 problem. Row 4: the row was edited',
  )
  expect(words(html(<Chain head={null} verified={null} verify="/x" />))).toContain('No row has been written yet.')
})
