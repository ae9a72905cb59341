import { afterEach, expect, test } from 'vitest'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { type Pulling, pulling } from './pulls.ts'
import { FIX } from './release.ts'

let p: Pulling
afterEach(async () => {
  expect((await verifyAudit(p.db.sql, p.project)).problems).toEqual([])
  await p.end()
})

const facts = async () => (await releaseOfFix(p.db.sql, FIX))!.facts
const waitsFor = async (words: RegExp) => {
  await p.step()
  await p.waitsFor(words)
}
const check = (conclusion: string | null) =>
  p.repo.checks.push({
    ...{ id: p.repo.checks.length, name: 'build', sha: p.git('rev-parse', p.branch), conclusion },
    status: conclusion === null ? ('in_progress' as const) : ('completed' as const),
  })

test('protection is waited for, asked again when there is news, and never gone around', async () => {
  p = await pulling()
  p.repo.protection.set('staging', { approvals: 1, checks: [], pullsOnly: true })
  await waitsFor(/^held: branch protection The code host says: At least 1 approving review/)
  const asked = () => p.github.calls.filter((call) => /PUT .*merge$/.test(call)).length
  await p.steps(6)
  expect([asked(), p.count('merge'), p.count('ref-moved'), p.count('auto-merge')]).toEqual([1, 0, 0, 0])
  const [notice] = await p.db.sql<{ title: string }[]>`select title from notices where kind = 'escalated'`
  expect(notice?.title).toBe('Issue 1: held: branch protection')
  // Whose review it is does not matter to protection; it counts for nothing with us, where nothing is asked.
  await p.say('stranger', 'staging', 'APPROVED')
  await p.until('soaking')
  expect([asked(), p.count('merge')]).toEqual([2, 1])
})

test('checks that run are waited for in its place; failed ones hold it until they are well', async () => {
  p = await pulling()
  await waitsFor(/^$/)
  await p.step()
  await p.step()
  check(null)
  await waitsFor(/^its checks are running: build$/)
  p.repo.checks[0]!.conclusion = 'failure'
  p.repo.checks[0]!.status = 'completed'
  await waitsFor(/^held: checks failed The repository’s own checks failed: build\.$/)
  await p.steps(3)
  expect(p.count('merge')).toBe(0)
  p.repo.checks[0]!.conclusion = 'success'
  await p.until('soaking')
})

test('what a member wants changed holds it, also on the way to production, and rejects nothing', async () => {
  p = await pulling()
  await p.until('soaking')
  await p.say('eve', 'staging', 'CHANGES_REQUESTED')
  await waitsFor(/^held: changes requested Changes were asked for by eve\.$/)
  expect((await releaseOfFix(p.db.sql, FIX))!.state).toBe('promoting')
  await p.say('eve', 'staging', 'DISMISSED')
  await p.until('watching')
})

test('a queue is joined once and waited for', async () => {
  p = await pulling()
  p.repo.protection.set('main', { approvals: 0, checks: [], pullsOnly: true, queue: true })
  await waitsFor(/is merged by the code host, once its queue/)
  await p.steps(4)
  expect([p.count('queued'), p.count('merge')]).toEqual([1, 1])
  await p.github.service.mergeWaiting(p.repo)
  await p.until('watching')
  expect([p.count('queued'), p.count('merge')]).toEqual([1, 2])
})

test('one that a person closed is their no: held, and nothing of it is merged', async () => {
  p = await pulling()
  p.repo.protection.set('staging', { approvals: 1, checks: [], pullsOnly: true })
  await waitsFor(/^held: branch protection/)
  const thread = p.pull('staging')
  Object.assign(thread, { state: 'closed' })
  Object.assign(thread.pull!, { endedAt: p.git('rev-parse', p.branch) })
  expect((await p.until('held')).facts.waiting).toContain('closed on the code host, which is a person’s no')
  expect(p.count('merge')).toBe(0)
})

test('one that a person merged by squashing is known, and goes on from there', async () => {
  p = await pulling({ merging: { methods: ['squash'] } })
  await p.until('watching')
  expect(p.git('log', '-1', '--format=%P', 'main').split(' ')).toHaveLength(1)
  expect((await facts()).mainSha).toBe(p.git('rev-parse', 'main'))
  await p.see(400, 300)
  await p.until('rolled-back')
  expect(p.git('rev-parse', 'main^{tree}')).toBe(p.git('rev-parse', `${p.base}^{tree}`))
})

test('a repository that deletes what was merged keeps its staging, and loses nothing', async () => {
  p = await pulling({ merging: { deletesBranches: true } })
  await p.until('watching')
  expect(p.pull('main').pull!.head).toBe(p.branch)
  expect(p.git('rev-parse', 'staging')).toBe((await facts()).stagingSha)
})

test('what is merged behind a commit that came in at that moment is taken out again, and proven anew', async () => {
  let came = false
  p = await pulling({
    around: (review) => ({
      ...review,
      merge: async (...asked) => {
        if (p.pull('main')?.number === asked[0] && !came) {
          came = true
          p.origin.commit('main', { 'src/theirs.ts': 'theirs\n' }, 'Theirs')
        }
        return review.merge(...asked)
      },
    }),
  })
  const { facts: seen } = await p.until('overtaken')
  expect(seen.back?.why).toContain('main moved in that moment')
  // Theirs stays, ours is out, and production never moved.
  expect(p.git('show', 'main:src/theirs.ts')).toBe('theirs')
  expect(p.git('show', 'main:src/app.ts')).toBe('broken')
  expect(p.host.serving.production?.deployment).toBe('d-first')
  const [fix] = await p.db.sql<{ superseded: boolean; withdrawn: boolean }[]>`select superseded, withdrawn from fixes`
  expect(fix).toEqual({ superseded: true, withdrawn: false })
})
