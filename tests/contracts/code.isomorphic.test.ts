import { expect, test } from 'vitest'
import { gitActor } from '../../lib/adapters/code.git.ts'
import { isomorphicActor } from '../../lib/adapters/code.isomorphic.ts'
import { NO_LOGIN } from '../../lib/adapters/git/reach.ts'
import type { CodeActor } from '../../lib/world.ts'
import { codeContract } from './code.contract.ts'
import { overHttpsWithoutGit } from './gitHosts.ts'
import { projectAt } from './projectAt.ts'

codeContract('code.isomorphic over HTTPS', overHttpsWithoutGit)

test('the library makes the very commit and the very merge that the program makes', async () => {
  const w = await overHttpsWithoutGit()
  const program = gitActor(w.home, w.project, w.far)
  const theirs = w.origin.commit('main', { 'lib/deep/other.ts': 'a\n', 'README.md': 'Shop!\n' }, 'Elsewhere')
  const edits = [
    { path: 'src/app.ts', bytes: Buffer.from('fixed\n') },
    { path: 'tests/nightshift/new/a.json', bytes: Buffer.from('{}') },
  ]
  const plan = { parents: [w.base], message: 'Guard – ünï\n\nNightshift-Audit: 1 x\n', at: '2026-11-20T03:00:00.000Z' }
  const [one, other] = await Promise.all(
    [w.actor, program].map(async (actor) => {
      const tree = await actor.composeTree(w.base, edits)
      const sha = await actor.composeCommit({ ...plan, tree })
      return { tree, sha, merge: await actor.mergeTree(theirs, sha), files: await actor.filesOfTree(tree) }
    }),
  )
  expect(one).toEqual(other)
  expect(await w.actor.commit(theirs)).toEqual(await program.commit(theirs))
  await w.close()
})

test('a line is followed to the commit that wrote it', async () => {
  const w = await overHttpsWithoutGit()
  const wrote = w.origin.commit('main', { 'src/app.ts': 'one\ntwo\nthree\n' }, 'Wrote')
  const moved = w.origin.commit('main', { 'src/app.ts': 'zero\none\ntwo\nthree\n' }, 'Moved')
  const last = w.origin.commit('main', { 'src/app.ts': 'zero\none\nTWO\nthree\n' }, 'Changed')
  const lines = [1, 2, 3, 4, 5].map(async (n) => (await w.reader.blame(last, 'src/app.ts', n))?.sha ?? null)
  expect(await Promise.all(lines)).toEqual([moved, wrote, last, wrote, null])
  await w.close()
})

test('what another key signed is known again by what it holds', async () => {
  const w = await overHttpsWithoutGit()
  const plan = { parents: [w.base], message: 'Guard\n', at: '2026-11-20T03:00:00.000Z' }
  const made = async (actor: CodeActor, text: string) => {
    const tree = await actor.composeTree(w.base, [{ path: 'src/app.ts', bytes: Buffer.from(text) }])
    return actor.composeCommit({ ...plan, tree })
  }
  const sha = await made(w.actor, 'fixed\n')
  expect(await w.actor.push('agent/fix-000000000001', sha, null)).toBe('pushed')
  const stranger = w.actorAs(w.far)
  const same = await made(stranger, 'fixed\n')
  expect(same).not.toBe(sha)
  expect(await stranger.push('agent/fix-000000000001', same, null)).toBe('pushed')
  expect(await w.head('agent/fix-000000000001')).toBe(sha)
  expect(await stranger.push('agent/fix-000000000001', await made(stranger, 'other\n'), null)).toBe('moved')
  await w.close()
})

test('only what changed is sent', async () => {
  const w = await overHttpsWithoutGit()
  const big = w.origin.commit('main', { 'big.txt': 'x'.repeat(100) + Math.random() }, 'Big')
  const tree = await w.actor.composeTree(big, [{ path: 'src/app.ts', bytes: Buffer.from('fixed\n') }])
  const sha = await w.actor.composeCommit({ parents: [big], tree, message: 'm\n', at: '2026-11-20T03:00:00Z' })
  expect(await w.actor.push('agent/fix-000000000001', sha, null)).toBe('pushed')
  const sent = w.host.calls.filter(({ label }) => /^POST .*receive-pack/.test(label))
  // A commit, two trees, a blob: what the whole tree would add is one blob more.
  expect(sent.map(({ objects }) => objects)).toEqual([4])
  await w.close()
})

test.each([
  ['ssh://git@git.example.com/a/b.git', 'SSH takes the programs git and ssh'],
  ['/srv/a.git', 'the library speaks HTTPS alone'],
])('%s is refused in words', async (address, words) => {
  await expect(isomorphicActor('/nowhere', projectAt(address), NO_LOGIN).head('main')).rejects.toThrow(words)
})
