import { afterEach, expect, test } from 'vitest'
import { branchOf } from '../../lib/domain/fix.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { type Pulling, pulling } from './pulls.ts'
import { FIX } from './release.ts'

/** Pull requests that take a release back, and what others do to them. */
let p: Pulling
afterEach(() => p.end())

const MINUTE = 60_000
const fails = async () => {
  await p.until('watching')
  await p.see(400, 300)
}
const undone = async () => (await releaseOfFix(p.db.sql, FIX))!.facts.back?.undone
const REVERT = `agent/revert-${FIX}`
/** Until the pull request that takes it out of main is there. */
async function reverting(): Promise<void> {
  for (let i = 0; i < 40 && p.pull('main').pull!.head !== REVERT; i++) await p.step()
  expect(p.pull('main').pull!.head).toBe(REVERT)
}
const running = (sha: string) => {
  const run = { id: 1, name: 'build', sha, status: 'in_progress' as const, conclusion: null as string | null }
  p.repo.checks.push(run)
  return run
}
const effects = (kind: string) =>
  p.db.sql<{ state: string }[]>`select state from effects where kind = ${kind} order by audit_seq`.then((rows) =>
    rows.map(({ state }) => state),
  )

test('what somebody pushed to the branch of a revert is not merged with it', async () => {
  p = await pulling()
  await fails()
  p.repo.protection.set('main', { approvals: 0, checks: ['build'], pullsOnly: true })
  await reverting()
  running(p.git('rev-parse', REVERT))
  await p.step()
  p.origin.commit(REVERT, { 'src/theirs.ts': 'theirs\n' }, 'Theirs')
  p.repo.protection.delete('main')
  await p.until('rolled-back', 'held')
  expect((await undone())?.main).toMatch(/^Pull request \d+, .* was changed by somebody: see to it there\.$/)
  expect(p.git('ls-tree', '--name-only', 'main', 'src/')).not.toContain('theirs')
})

test('a branch of a revert’s name that is somebody else’s is not merged, not even under its words', async () => {
  p = await pulling()
  const { facts } = await p.until('watching')
  p.git('update-ref', `refs/heads/${REVERT}`, 'main')
  p.origin.commit(REVERT, { 'src/theirs.ts': 'theirs\n' }, `Revert the merge ${facts.mainSha}`)
  await p.see(400, 300)
  await p.until('rolled-back', 'held')
  expect((await undone())?.main).toMatch(/was changed by somebody: see to it there\.$/)
  expect(p.git('ls-tree', '--name-only', 'main', 'src/')).not.toContain('theirs')
})

test('a revert that a person closed is theirs, in words', async () => {
  p = await pulling()
  await fails()
  p.repo.protection.set('main', { approvals: 0, checks: ['build'], pullsOnly: true })
  await reverting()
  running(p.git('rev-parse', REVERT))
  await p.step()
  Object.assign(p.pull('main'), { state: 'closed' })
  Object.assign(p.pull('main').pull!, { endedAt: p.git('rev-parse', REVERT) })
  await p.until('rolled-back', 'held')
  expect((await undone())?.main).toMatch(
    /^Pull request \d+, which takes it out of main, was closed on the code host\.$/,
  )
})

test('checks of a revert that never end are not waited for for ever', async () => {
  p = await pulling()
  await fails()
  p.repo.protection.set('main', { approvals: 0, checks: ['build'], pullsOnly: true })
  await reverting()
  running(p.git('rev-parse', REVERT))
  await p.steps(3)
  expect((await releaseOfFix(p.db.sql, FIX))!.state).toBe('rolling-back')
  p.later(11 * MINUTE)
  await p.until('rolled-back', 'held')
  expect((await undone())?.main).toContain('waits for the branch’s protection')
})

test('checks of a revert that begin a moment after it are waited for as well', async () => {
  p = await pulling()
  await fails()
  p.repo.protection.set('main', { approvals: 0, checks: ['build'], pullsOnly: true })
  await reverting()
  await p.steps(3)
  expect((await releaseOfFix(p.db.sql, FIX))!.state).toBe('rolling-back')
  Object.assign(running(p.git('rev-parse', REVERT)), { status: 'completed', conclusion: 'success' })
  await p.until('rolled-back', 'held')
  expect((await undone())?.main).toMatch(/^Taken out of main by/)
})

test('lines that others changed since are a person’s to take out', async () => {
  p = await pulling()
  await p.until('watching')
  p.origin.commit('main', { 'src/app.ts': 'theirs\n' }, 'Theirs')
  await p.see(400, 300)
  await p.until('rolled-back', 'held')
  expect((await undone())?.main).toMatch(
    /^Take the merge [0-9a-f]{7} out of main yourself: others changed the same lines on main since\.$/,
  )
  expect([p.host.serving.production?.deployment, p.git('show', 'main:src/app.ts')]).toEqual(['d-first', 'theirs'])
})

const rejected = async () => {
  const who = await p.person('operator', 'ada')
  await p.db.sql`select * from reject(${FIX}, ${who}, 'cli', 'no')`
}

test('one that cannot be closed keeps nothing up, and is never said to be closed', async () => {
  p = await pulling({ level: 1, around: (review) => ({ ...review, close: async () => {} }) })
  await p.waitsFor(/no approval for this tree/)
  await rejected()
  await p.until('rolled-back', 'held')
  expect((await releaseOfFix(p.db.sql, FIX))!.state).toBe('rolled-back')
  expect(await effects('withdraw')).toEqual(['failed', 'failed', 'failed'])
})

test('one that a person closed already is not closed once more', async () => {
  p = await pulling({ level: 1 })
  await p.waitsFor(/no approval for this tree/)
  Object.assign(p.pull('staging'), { state: 'closed' })
  Object.assign(p.pull('staging').pull!, { endedAt: p.git('rev-parse', branchOf(FIX)) })
  await rejected()
  await p.until('rolled-back')
  expect(await effects('withdraw')).toEqual([])
})

test('one that a worker opened and had no time to write down is closed with the rest', async () => {
  let killed = false
  p = await pulling({
    around: (review) => ({
      ...review,
      async open(plan) {
        const opened = await review.open(plan)
        if (killed) return opened
        killed = true
        throw new Error('killed')
      },
    }),
  })
  for (let i = 0; i < 12 && !killed; i++) await p.step()
  expect((await releaseOfFix(p.db.sql, FIX))!.facts.pulls).toBeUndefined()
  await rejected()
  await p.until('rolled-back')
  expect([p.pull('staging').state, p.count('merge'), p.count('pull')]).toEqual(['closed', 0, 1])
})
