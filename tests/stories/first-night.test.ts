import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import type { Proven } from '../../lib/domain/fix.ts'
import type { Story } from '../../lib/store/story.ts'
import { type Night, startNight } from './night.ts'
import { PLANTED, plantSecrets, sightings } from './secrets.ts'

/** Rings only: nothing drives the agents but events and what agents leave for one another. */
let night: Night
let told: Story
let fix: Proven

beforeAll(async () => {
  night = await startNight({ settings: { SCHEDULER: 'off', LEASE_SECONDS: '20' } })
  await plantSecrets(night)
  told = await night.ended(6 * 60_000)
  fix = told.fixes.find((one) => one.state === 'proven') as Proven
})
afterAll(() => night?.end())

test('the fault ends cured, and the page says how many were expected', () => {
  expect(told.release?.facts.waiting).toBeUndefined()
  expect(told.release?.state).toBe('cured')
  expect(told.release?.facts.cure?.sentence).toMatch(/^\d+(\.\d)? expected, 0 seen$/)
  expect(told.release?.facts.cure?.exposure.expected).toBeGreaterThanOrEqual(4.6)
  expect(told.issue).toMatchObject({ state: 'closed', closedAs: 'cured', severity: 'P2' })
})

test('it was noticed with its route and its users, and diagnosed to the line and the commit', () => {
  expect(told.issue.route).toBe('POST /api/campaigns/launch')
  expect(told.issue.users).toBeGreaterThan(0)
  expect(told.issue.users).toBeLessThan(8)
  expect(told.diagnosis?.cause).toBe('code')
  const { crash, suspect } = told.diagnosis!.facts
  expect(crash?.path).toMatch(/^src\//)
  const blamed = night.git(
    'blame',
    '--porcelain',
    '-L',
    `${crash!.line},${crash!.line}`,
    told.diagnosis!.facts.base,
    '--',
    crash!.path,
  )
  expect(suspect?.sha).toBe(blamed.slice(0, 40))
})

test('main holds the guard and the regression test, in the tree that was proven', () => {
  const main = night.git('rev-parse', 'main^{tree}')
  expect(main).toBe(fix.tree)
  const changed = night.git('diff', '--name-only', fix.base, 'main').split('\n')
  expect(changed).toContain(`tests/nightshift/${fix.id}.json`)
  expect(changed).toHaveLength(2)
  const fixture = JSON.parse(night.git('show', `main:tests/nightshift/${fix.id}.json`))
  expect(fixture.expect.status).toBe(404)
  expect(JSON.stringify(fixture)).not.toMatch(/\[(email|token|password)/)
  expect(night.git('show', `main:${told.diagnosis!.facts.crash!.path}`)).toContain('404')
})

test('six runs, in turn red with the issue’s fingerprint and green', () => {
  expect(fix.proof.runs.map((run) => run.side).join('')).toBe('ABABAB')
  expect(fix.proof.runs.every((run) => run.asExpected && run.egress === 0)).toBe(true)
  expect(fix.proof.suite.stable).toBeGreaterThan(5)
  expect(fix.proof.suite.lost).toEqual([])
  expect(fix.proof.suite.newTestFailedBefore && fix.proof.suite.newTestPassed).toBe(true)
  expect(fix.proof.types).toEqual({ before: 0, after: 0 })
})

test('the outside saw one of everything, and no request fails under the same traffic any more', async () => {
  const branches = night.git('for-each-ref', '--format=%(refname:short)', 'refs/heads/agent').split('\n')
  expect(branches).toEqual([`agent/fix-${fix.id}`])
  const merges = (branch: string) =>
    night.git('log', '--merges', '--author=Nightshift', '--format=%H', branch, `^${fix.base}`)
  expect(merges('staging').split('\n')).toHaveLength(1)
  expect(
    night.git('log', '--first-parent', '--merges', '--author=Nightshift', '--format=%H', 'main').split('\n'),
  ).toHaveLength(1)
  const log = await night.log()
  const sha = told.release!.facts.mainSha!
  const of = (what: string) => log.filter((entry) => entry.what === what && entry.sha === sha)
  expect(of('deployment.created')).toHaveLength(1)
  expect(
    log.filter((entry) => entry.what === 'promoted' && entry.deployment === told.release!.facts.productionDeployment),
  ).toHaveLength(1)
  expect(told.release!.facts.watch!.after.requests).toBeGreaterThan(0)
  expect(told.release!.facts.watch!.after.failed).toBe(0)
  expect(told.release!.facts.watch!.before.failed).toBeGreaterThan(0)
})

test('commits carry the audit’s position, and the audit holds', async () => {
  const message = night.git('log', '-1', '--format=%B', `agent/fix-${fix.id}`)
  const [, seq, hash] = /^Nightshift-Audit: (\d+) ([0-9a-f]{64})$/m.exec(message) ?? []
  const [row] = await night.sql`select what, encode(hash, 'hex') as hash from audit where seq = ${Number(seq)}`
  expect(row).toMatchObject({ what: 'effect.intent', hash })
  expect((await verifyAudit(night.sql, told.issue.project)).problems).toEqual([])
  for (const effect of told.effects) {
    const rows = told.audit.filter((one) => one.body.key === effect.key).map((one) => one.what)
    expect(rows, effect.key).toEqual(['effect.intent', 'effect.confirmed'])
  }
})

test('planted credentials and personal data are in no table, no commit and no log', async () => {
  const [row] = await night.sql<
    { n: number }[]
  >`select count(*)::int as n from events where body::text like '%/api/campaigns/launch%'`
  expect(row!.n).toBeGreaterThan(0)
  expect(PLANTED.length).toBeGreaterThan(5)
  expect(await sightings(night)).toEqual([])
})
