import { afterEach, expect, test } from 'vitest'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { type Pulling, pulling } from './pulls.ts'
import { FIX } from './release.ts'

let p: Pulling
afterEach(() => p.end())

const FIRST = { deployment: 'd-first' }

test('what was taken back on both branches before does not stand in the way: it goes by its own branch then', async () => {
  p = await pulling()
  // A fixture like ours came by staging and was reverted on each: deleted twice, it might as well have been renamed.
  const old = p.origin.commit(
    'staging',
    { 'tests/nightshift/old.json': '{"id": "old", "route": "POST /other"}' },
    'Old',
  )
  const without = p.git('rev-parse', `${p.base}^{tree}`)
  for (const branch of ['staging', 'main'])
    p.git('update-ref', `refs/heads/${branch}`, p.git('commit-tree', without, '-p', old, '-m', `Revert on ${branch}`))
  await p.until('watching')
  await p.see(400, 0)
  expect((await p.until('cured', 'held')).state).toBe('cured')
  expect(p.pull('main').pull!.head).toBe(p.branch)
})

test('protection never holds the way back up: production first, and the revert waits in words', async () => {
  p = await pulling()
  await p.until('watching')
  p.repo.protection.set('main', { approvals: 1, checks: [], pullsOnly: true })
  await p.see(400, 300)
  const { state, facts } = await p.until('rolled-back', 'held')
  expect(state).toBe('rolled-back')
  expect(p.host.serving.production).toMatchObject(FIRST)
  expect(p.host.log.filter((one) => one === 'rollback production')).toHaveLength(1)
  const revert = p.pull('main')
  expect(revert).toMatchObject({ state: 'open', labels: ['nightshift', 'revert'] })
  expect(facts.back?.undone?.main).toBe(
    `Pull request ${revert.number}, which takes it out of main, waits for the branch’s protection: see to it there.`,
  )
  // Staging is nobody's to hold.
  expect(p.git('rev-parse', 'staging^{tree}')).toBe(p.git('rev-parse', `${p.base}^{tree}`))
})

test('checks of a revert are waited for, while users are safe', async () => {
  p = await pulling()
  await p.until('watching')
  p.repo.protection.set('main', { approvals: 0, checks: ['build'], pullsOnly: true })
  await p.see(400, 300)
  const run = { id: 1, name: 'build', status: 'in_progress' as const, conclusion: null as string | null, sha: '' }
  for (let i = 0; i < 40 && p.pull('main').pull!.head === 'staging'; i++) await p.step()
  p.repo.checks.push(Object.assign(run, { sha: p.git('rev-parse', p.pull('main').pull!.head) }))
  await p.steps(4)
  expect([(await releaseOfFix(p.db.sql, FIX))!.state, p.host.serving.production]).toMatchObject(['rolling-back', FIRST])
  Object.assign(run, { status: 'completed', conclusion: 'success' })
  const { facts } = await p.until('rolled-back', 'held')
  expect(facts.back?.undone?.main).toMatch(/^Taken out of main by/)
})

test('what a person rejected is closed, so that nobody merges it by accident', async () => {
  p = await pulling({ level: 1 })
  const who = await p.person('operator', 'ada')
  for (let i = 0; i < 12 && !(await p.sentence()).includes('no approval'); i++) await p.step()
  await p.db.sql`select * from reject(${FIX}, ${who}, 'cli', 'no')`
  await p.until('rolled-back')
  expect([p.pull('staging').state, p.count('merge'), p.count('pull')]).toEqual(['closed', 0, 1])
})

test('one that was merged behind our back is taken out as well', async () => {
  p = await pulling({ level: 1 })
  const who = await p.person('operator', 'ada')
  for (let i = 0; i < 12 && !(await p.sentence()).includes('no approval'); i++) await p.step()
  const thread = p.pull('staging')
  thread.pull!.draft = false
  thread.pull!.queued = true
  await p.github.service.mergeWaiting(p.repo)
  expect(p.count('merge')).toBe(1)
  await p.db.sql`select * from reject(${FIX}, ${who}, 'cli', 'no')`
  await p.until('rolled-back')
  expect(p.git('rev-parse', 'staging^{tree}')).toBe(p.git('rev-parse', `${p.base}^{tree}`))
})

test('what somebody pushed onto the revert’s branch is not merged by us', async () => {
  p = await pulling()
  await p.until('watching')
  p.repo.protection.set('main', { approvals: 0, checks: ['build'], pullsOnly: true })
  await p.see(400, 300)
  for (let i = 0; i < 40 && p.pull('main').pull!.head === 'staging'; i++) await p.step()
  const branch = p.pull('main').pull!.head
  const ours = p.git('rev-parse', branch)
  // Another tree than the way back, under the very words of the revert.
  const fixed = p.git('rev-parse', 'main^{tree}')
  expect(fixed).not.toBe(p.git('rev-parse', `${ours}^{tree}`))
  const words = p.git('log', '-1', '--format=%s', ours)
  const env = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.com']
  const sha = p.git(...env, 'commit-tree', fixed, '-p', `${ours}^`, '-m', words)
  p.git('update-ref', `refs/heads/${branch}`, sha)
  p.repo.checks.push({ id: 1, name: 'build', status: 'completed', conclusion: 'success', sha } as never)
  const before = p.git('rev-parse', 'main')
  const { facts } = await p.until('rolled-back', 'held')
  expect(facts.back?.undone?.main).toMatch(/ was changed by somebody: see to it there\.$/)
  expect(p.git('rev-parse', 'main')).toBe(before)
  expect(p.host.serving.production).toMatchObject(FIRST)
})
