import { afterEach, expect, test } from 'vitest'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { type Pulling, pulling } from './pulls.ts'
import { FIX } from './release.ts'

/** What holds a pull request up, what is news about it, and when it is asked for again. */
let p: Pulling
afterEach(() => p.end())

const MINUTE = 60_000
const asked = () => p.github.calls.filter((call) => /PUT .*merge$/.test(call)).length
const checks = (conclusion: string | null, ...names: string[]) => {
  for (const name of names)
    p.repo.checks.push({
      ...{ id: p.repo.checks.length, name, sha: p.git('rev-parse', p.branch), conclusion },
      status: conclusion === null ? 'in_progress' : 'completed',
    })
}
async function protectedBy(approvals: number): Promise<void> {
  p.repo.protection.set('staging', { approvals, checks: [], pullsOnly: true })
  await p.waitsFor(/^held: branch protection/)
}
async function proposed(): Promise<void> {
  for (let i = 0; i < 12 && p.count('pull') === 0; i++) await p.step()
}

test('it is asked for as often as there is news: a fifth yes comes after four refusals', async () => {
  p = await pulling()
  await protectedBy(5)
  for (const [n, user] of ['a', 'b', 'c', 'd'].entries()) {
    await p.say(`member-${user}`, 'staging', 'APPROVED')
    // The gate goes by the database's clock.
    p.onTime()
    await p.steps(3)
    expect([asked(), p.count('merge')]).toEqual([n + 2, 0])
  }
  await p.say('member-e', 'staging', 'APPROVED')
  p.onTime()
  await p.until('soaking', 'held')
  expect([asked(), p.count('merge')]).toEqual([6, 1])
})

test('that the branch it goes to moved is news; no news is asked about after a quarter of an hour', async () => {
  p = await pulling()
  await protectedBy(1)
  p.origin.commit('staging', { 'src/theirs.ts': 'theirs\n' }, 'Theirs')
  await p.steps(4)
  expect(asked()).toBe(2)
  // Rules are not among what is looked at.
  p.repo.protection.delete('staging')
  await p.steps(4)
  expect([asked(), p.count('merge')]).toEqual([2, 0])
  const { withheld } = (await releaseOfFix(p.db.sql, FIX))!.facts
  const at = new Date(Date.parse(withheld!.at) - 16 * MINUTE).toISOString()
  await p.db.admin`
    update nightshift.releases set facts = facts || ${p.db.admin.json({ withheld: { ...withheld!, at } })}`
  await p.until('soaking')
})

test('what somebody made a draft waits for them', async () => {
  p = await pulling()
  await protectedBy(1)
  p.pull('staging').pull!.draft = true
  p.repo.protection.delete('staging')
  await p.waitsFor(/^held: a draft Somebody made pull request 1 a draft\.$/)
  expect([p.count('ready'), p.count('merge')]).toEqual([0, 0])
  p.pull('staging').pull!.draft = false
  await p.until('soaking')
})

test('one that is not to be found is waited for, and nothing is merged meanwhile', async () => {
  let hidden = false
  p = await pulling({
    around: (review) => ({ ...review, find: async (...all) => (hidden ? null : review.find(...all)) }),
  })
  await proposed()
  hidden = true
  await p.steps(3)
  expect(await p.sentence()).toBe('pull request 1 is not to be found on the code host')
  expect(p.count('merge')).toBe(0)
  hidden = false
  await p.until('soaking')
})

test('checks that do not end give the place up after an hour, and say which', async () => {
  p = await pulling()
  await proposed()
  checks(null, 'build')
  await p.waitsFor(/^its checks are running: build$/)
  p.later(61 * MINUTE)
  await p.waitsFor(/^held: checks pending The repository’s own checks do not end: build\.$/)
  expect(p.count('merge')).toBe(0)
})

test('of names from there only harmless ones are repeated, and not all of many', async () => {
  p = await pulling()
  await proposed()
  checks('failure', '<!channel> look', ...['b', 'c', 'd', 'e', 'f', 'g'].map((one) => `build ${one}`))
  await p.waitsFor(/^held: checks failed/)
  expect(await p.sentence()).toMatch(/failed: .*one with another name.* and 2 more\.$/)
  expect(await p.sentence()).not.toContain('channel')
})

test('one that left the queue unmerged is not put there again', async () => {
  p = await pulling()
  p.repo.protection.set('main', { approvals: 0, checks: [], pullsOnly: true, queue: true })
  await p.waitsFor(/in the queue of the code host|is merged by the code host/)
  p.pull('main').pull!.queued = false
  await p.waitsFor(/^held: merge queue It left the queue of the code host without being merged\.$/)
  await p.steps(4)
  expect([p.count('queued'), p.count('merge')]).toEqual([1, 1])
  expect((await releaseOfFix(p.db.sql, FIX))!.state).toBe('promoting')
})
