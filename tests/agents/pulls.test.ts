import { afterEach, expect, test } from 'vitest'
import { auditOf } from '../../lib/store/audit.ts'
import { PAGES, type Pulling, pulling } from './pulls.ts'
import { FIX } from './release.ts'

let p: Pulling
afterEach(() => p.end())

const TRAILER = /^Nightshift-Audit: \d+ [0-9a-f]{64}$/m
const ENDS = ['cured', 'held', 'unexposed', 'rolled-back'] as const

test('a fix goes all the way by two pull requests, and says so on both', async () => {
  p = await pulling()
  await p.until('watching')
  await p.see(400, 0)
  expect((await p.until(...ENDS)).state).toBe('cured')
  expect([p.count('pull'), p.count('merge'), p.count('ref-created'), p.count('ref-moved')]).toEqual([2, 2, 1, 0])
  const [first, second] = p.repo.threads
  expect([first!.pull!.head, first!.pull!.base, first!.pull!.draft]).toEqual([p.branch, 'staging', false])
  expect([second!.pull!.head, second!.pull!.base]).toEqual(['staging', 'main'])
  expect(first!.title).toBe('Fix: failure in POST /launch')
  expect(first!.labels).toEqual(['nightshift', 'p2'])
  expect(first!.body).toMatch(TRAILER)
  expect(first!.body).toContain(`(${PAGES}/dashboard/agent-control/issues/1)`)
  expect(first!.body).toContain('Replayed: a captured request reproduces the failure.')
  const [fix] = await p.db.sql<{ tree: string }[]>`select tree from fixes where id = ${FIX}`
  for (const branch of [p.branch, 'staging', 'main']) expect(p.git('rev-parse', `${branch}^{tree}`)).toBe(fix!.tree)
  expect(p.git('log', '-1', '--format=%P', 'main')).toBe(`${p.base} ${p.git('rev-parse', 'staging')}`)
  for (const branch of ['staging', 'main']) expect(p.git('log', '-1', '--format=%B', branch)).toMatch(TRAILER)
})

test('nothing of the error’s own words is in what is written there', async () => {
  p = await pulling()
  await p.db.admin`update nightshift.issues set title = 'SECRETWORD of @ada'`
  await p.until('watching')
  await p.told()
  expect(JSON.stringify(p.repo.threads)).not.toContain('SECRETWORD')
})

test('at level 1 it is a draft, made ready once a person has said yes', async () => {
  p = await pulling({ level: 1 })
  await p.person('operator', 'ada')
  await p.steps(6)
  expect(p.pull('staging').pull!.draft).toBe(true)
  expect([p.count('ready'), p.count('merge')]).toEqual([0, 0])
  expect(await p.sentence()).toContain('no approval for this tree')
  await p.say('ada', 'staging', 'APPROVED')
  await p.until('promoting')
  await p.steps(6)
  expect([p.count('ready'), p.count('merge')]).toEqual([1, 1])
  const [row] = await auditOf(p.db.sql, p.project, 200).then((all) =>
    all.filter((one) => one.what === 'control.approved'),
  )
  expect(row).toMatchObject({ actor: 'The operator', body: { via: 'github', target: 'staging', fix: FIX } })
  // The other request is another question.
  expect(p.pull('main').pull!.draft).toBe(true)
  await p.say('ada', 'main', 'APPROVED')
  await p.until('watching')
  expect([p.count('ready'), p.count('merge')]).toEqual([2, 2])
})

test('a fix that fares badly is taken out of both branches by pull requests', async () => {
  p = await pulling()
  await p.until('watching')
  await p.see(400, 300)
  const { state, facts } = await p.until(...ENDS)
  expect(state).toBe('rolled-back')
  for (const branch of ['staging', 'main'])
    expect(p.git('rev-parse', `${branch}^{tree}`)).toBe(p.git('rev-parse', `${p.base}^{tree}`))
  expect([p.count('pull'), p.count('merge'), p.count('ref-created')]).toEqual([4, 4, 3])
  expect(facts.back?.undone?.main).toMatch(/^Taken out of main by [0-9a-f]{7}\.$/)
  expect(p.host.serving.production?.deployment).toBe('d-first')
})
