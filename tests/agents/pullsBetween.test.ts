import { afterEach, expect, test } from 'vitest'
import { releaseOfFix } from '../../lib/store/releases.ts'
import type { Review } from '../../lib/world/review.ts'
import { type Pulling, pulling } from './pulls.ts'
import { FIX } from './release.ts'

/** What others do between our looking at a pull request and our merging it. */
let p: Pulling
afterEach(() => p.end())

const facts = async () => (await releaseOfFix(p.db.sql, FIX))!.facts
const theirs = (branch: string) => p.origin.commit(branch, { 'src/theirs.ts': 'theirs\n' }, 'Theirs')
/** Does something once, right before this verb about the pull request into a branch. */
function before<V extends 'checks' | 'merge'>(verb: V, into: string, meanwhile: () => void) {
  let done = false
  return (review: Review): Review => ({
    ...review,
    [verb]: async (...asked: never[]) => {
      if (p.pull(into) && !done) {
        done = true
        meanwhile()
      }
      return (review[verb] as (...all: never[]) => unknown)(...asked)
    },
  })
}

test('what would not be the proven tree any more is not even asked to be merged', async () => {
  p = await pulling({ around: before('checks', 'main', () => theirs('main')) })
  expect((await p.until('held', 'overtaken')).facts.waiting).toContain('it would not be the tree that was proven')
  expect([p.count('merge'), p.git('log', '-1', '--format=%s', 'main')]).toEqual([1, 'Theirs'])
})

test('a commit that somebody pushed to our branch is not merged with it', async () => {
  p = await pulling({ around: before('checks', 'staging', () => theirs(p.branch)) })
  expect((await p.until('held', 'soaking')).facts.waiting).toContain('not at the commit that was proven any more')
  expect(p.count('merge')).toBe(0)
})

test('a fix that conflicts by now is held in words, and stays the draft it was', async () => {
  p = await pulling({ level: 1 })
  await p.person('operator', 'ada')
  await p.waitsFor(/no approval for this tree/)
  p.origin.commit('staging', { 'src/app.ts': 'theirs\n' }, 'Theirs')
  await p.say('ada', 'staging', 'APPROVED')
  expect((await p.until('held')).facts.waiting).toBe('the fix conflicts with what is on staging')
  expect([p.count('ready'), p.pull('staging').pull!.draft]).toEqual([0, true])
})

test('staging that moved on is left out: the fix goes into main by its own branch', async () => {
  p = await pulling({ around: before('merge', 'main', () => theirs('staging')) })
  await p.until('watching', 'held')
  expect((await facts()).pulls?.production?.branch).toBe(p.branch)
  expect([p.count('pull'), p.count('merge'), p.pull('main').pull!.head]).toEqual([3, 2, p.branch])
  expect(p.git('ls-tree', '--name-only', 'main', 'src/')).not.toContain('theirs')
})

test('one that a person merged before staging moved on has brought it in, and no second one is opened', async () => {
  p = await pulling()
  p.repo.protection.set('main', { approvals: 1, checks: [], pullsOnly: true })
  await p.waitsFor(/^held: branch protection/)
  p.repo.protection.delete('main')
  p.pull('main').pull!.queued = true
  await p.github.service.mergeWaiting(p.repo)
  theirs('staging')
  expect(p.count('merge')).toBe(2)
  await p.until('watching', 'held')
  expect([p.count('pull'), p.count('merge')]).toEqual([2, 2])
  expect((await facts()).mainSha).toBe(p.git('rev-parse', 'main'))
})

test('what somebody brought into staging by hand is no release of ours: it is held in words', async () => {
  p = await pulling()
  for (let i = 0; i < 9 && !(await releaseOfFix(p.db.sql, FIX))?.facts.branchSha; i++) await p.step()
  p.git('update-ref', 'refs/heads/staging', p.git('rev-parse', p.branch))
  expect((await p.until('held')).facts.waiting).toBe('staging has it already, by no request of ours')
  expect([p.count('pull'), p.count('merge')]).toEqual([0, 0])
})
