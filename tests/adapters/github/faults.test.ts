import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Trouble } from '../../../emulators/trouble.ts'
import type { CodeActor } from '../../../lib/world.ts'
import { type Hub, openHub } from '../../contracts/hub.ts'

const BRANCH = 'agent/fix-000000000001'
const AT = '2026-11-20T03:00:00.000Z'
const bytes = Buffer.from('export const fixed = true\n')
/** Not UTF-8, so that it goes as a blob of its own. */
const odd = Buffer.from([0xff, 0xfe, 10])

let hub: Hub
beforeEach(async () => {
  hub = await openHub()
})
afterEach(() => hub.close())

/** What the releaser does for a fix, from the proven bytes to the branch. */
async function fix(code: CodeActor): Promise<'pushed' | 'moved'> {
  const edits = [
    { path: 'src/app.ts', bytes },
    { path: 'src/odd.bin', bytes: odd },
  ]
  const tree = await code.composeTree(hub.base, edits)
  const sha = await code.composeCommit({ parents: [hub.base], tree, message: 'Guard\n', at: AT })
  return code.push(BRANCH, sha, null)
}

/** And to put it on top of staging. */
async function merge(code: CodeActor): Promise<'pushed' | 'moved'> {
  const [head, brought] = [(await code.head('staging'))!, (await code.head(BRANCH))!]
  const tree = (await code.mergeTree(head, brought))!
  const sha = await code.composeCommit({ parents: [head, brought], tree, message: 'Merge\n', at: AT })
  return code.push('staging', sha, head)
}

const TROUBLES: [string, Trouble][] = [
  ['a 500 before the work', { kind: 'before', status: 500 }],
  ['a 502 after the work', { kind: 'after', status: 502 }],
  ['an answer that is lost', { kind: 'lost' }],
  ['no answer after the work', { kind: 'hangs' }],
  ['a slow answer', { kind: 'slow', ms: 300 }],
]
const CALLS = [
  'GET .*/git/ref/',
  'GET .*/git/commits/',
  'GET .*/git/trees/',
  'POST .*/git/blobs',
  'POST .*/git/trees',
  'POST .*/git/commits',
  'POST .*/git/refs',
]

/** Short where nothing will come, and long enough for a busy machine. */
const patience = ({ kind }: Trouble) => (kind === 'hangs' ? { attemptMs: 4000 } : {})

describe.each(TROUBLES)('%s', (_, what) => {
  test.each(CALLS)('once, of %s: the branch is made once', async (call) => {
    hub.fault(new RegExp(call), what)
    expect(await fix(hub.another(patience(what)))).toBe('pushed')
    expect(hub.github.faults[0]!.times).toBe(0)
    expect(hub.github.service.count('ref-created')).toBe(1)
    const made = await hub.actor.commit(hub.head(BRANCH)!)
    expect(made).toMatchObject({ parents: [hub.base], subject: 'Guard' })
  })

  test('once, of the merge: staging moves once', async () => {
    await fix(hub.actor)
    hub.fault(/updateRefs/, what)
    expect(await merge(hub.another(patience(what)))).toBe('pushed')
    expect(hub.github.faults[0]!.times).toBe(0)
    expect(hub.github.service.effects.filter(({ what }) => what === 'ref-moved')).toHaveLength(1)
    expect((await hub.actor.commit(hub.head('staging')!)).parents).toEqual([hub.base, hub.head(BRANCH)])
  })
})

test('whoever hears nothing at all throws, and the next process finds its work', async () => {
  hub.fault(/POST .*\/git\/refs/, { kind: 'lost' }, 9)
  await expect(fix(hub.another())).rejects.toMatchObject({ code: 'GIT_UNREACHABLE' })
  const made = hub.head(BRANCH)
  expect(made).not.toBeNull()
  hub.github.faults.length = 0
  expect(await fix(hub.another())).toBe('pushed')
  expect(hub.head(BRANCH)).toBe(made)
  expect(hub.github.service.count('ref-created')).toBe(1)
})

test('a branch that is there and not yet seen is found a moment later', async () => {
  await fix(hub.actor)
  const code = hub.another()
  hub.fault(/GET .*\/git\/ref\//, { kind: 'stale' }, 2)
  expect(await fix(code)).toBe('pushed')
  expect(hub.github.service.count('ref-created')).toBe(1)
})

test('a merge nobody heard of is found by the next process, and not made again', async () => {
  await fix(hub.actor)
  const [head, brought] = [hub.base, hub.head(BRANCH)!]
  const plan = {
    parents: [head, brought],
    tree: (await hub.actor.mergeTree(head, brought))!,
    message: 'Merge\n',
    at: AT,
  }
  hub.fault(/updateRefs/, { kind: 'lost' }, 9)
  const first = hub.another()
  const sha = await first.composeCommit(plan)
  await expect(first.push('staging', sha, head)).rejects.toMatchObject({ code: 'GIT_UNREACHABLE' })
  hub.github.faults.length = 0
  const second = hub.another()
  const again = await second.composeCommit(plan)
  expect(again).not.toBe(sha)
  expect(await second.push('staging', again, head)).toBe('pushed')
  expect(hub.head('staging')).toBe(sha)
  expect(hub.github.service.count('ref-moved')).toBe(1)
})

test('a branch that was set back meanwhile is not moved on from there', async () => {
  await fix(hub.actor)
  const head = hub.origin.commit('staging', { 'src/late.ts': 'late\n' }, 'Late')
  const brought = hub.head(BRANCH)!
  const tree = (await hub.actor.mergeTree(head, brought))!
  const sha = await hub.actor.composeCommit({ parents: [head, brought], tree, message: 'Merge\n', at: AT })
  // A person takes `Late` back between our look and our move: the merge would bring it again, by a mere fast-forward.
  hub.fault(/updateRefs/, { kind: 'slow', ms: 1500 })
  const pushing = hub.actor.push('staging', sha, head)
  while (!hub.github.calls.some((call) => call.endsWith('updateRefs')))
    await new Promise((resolve) => setTimeout(resolve, 20))
  hub.origin.git('update-ref', 'refs/heads/staging', hub.base)
  expect(await pushing).toBe('moved')
  expect(hub.head('staging')).toBe(hub.base)
})

test('a branch only pull requests may move is a refusal in words, and stays', async () => {
  await fix(hub.actor)
  hub.repo.protection.set('staging', { approvals: 0, checks: [], pullsOnly: true })
  await expect(merge(hub.actor)).rejects.toMatchObject({ code: 'BRANCH_PROTECTED' })
  expect(hub.head('staging')).toBe(hub.base)
})

test('a tree that is not the computed one goes no further', async () => {
  hub.fault(/POST .*\/git\/trees/, { kind: 'says', json: { sha: 'e'.repeat(40) } })
  await expect(fix(hub.actor)).rejects.toThrow('made another tree')
  expect(hub.github.service.count('commit')).toBe(0)
})

test('a commit that is not the planned one, or not signed, goes no further', async () => {
  const tree = await hub.actor.composeTree(hub.base, [{ path: 'src/app.ts', bytes }])
  const plan = { parents: [hub.base], tree, message: 'Guard\n', at: AT }
  const made = {
    sha: 'f'.repeat(40),
    tree: { sha: tree },
    parents: [{ sha: hub.base }],
    message: 'Guard\n',
    author: {},
  }
  hub.fault(/POST .*\/git\/commits/, { kind: 'says', json: { ...made, message: 'Other\n' } })
  await expect(hub.actor.composeCommit(plan)).rejects.toThrow('made another commit')
  const unsigned = { verified: false, reason: 'unsigned' }
  hub.fault(/POST .*\/git\/commits/, { kind: 'says', json: { ...made, verification: unsigned } })
  await expect(hub.actor.composeCommit(plan)).rejects.toThrow('did not sign the commit (unsigned)')
  expect(await hub.actor.composeCommit(plan)).toMatch(/^[0-9a-f]{40}$/)
})
