import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { treeWith } from '../../lib/domain/gitTree.ts'
import type { Sha } from '../../lib/domain/tree.ts'
import type { CodeActor, CodeReader } from '../../lib/world.ts'

/** A repository with `main` and `staging` at one commit that holds `src/app.ts`, and a way to look at it from outside. */
export interface CodeWorld {
  reader: CodeReader
  actor: CodeActor
  /** An actor that remembers nothing of this one, as in another process. */
  another(): CodeActor
  base: Sha
  /** Head of a branch as the far side sees it, by other means than the adapter. */
  head(branch: string): Promise<Sha | null>
  /** Somebody else commits to a branch. */
  commitElsewhere(branch: string): Promise<Sha>
  close(): Promise<void>
}

const AT = '2026-11-20T03:00:00.000Z'
const bytes = Buffer.from('export const fixed = true\n')

/** What every code adapter promises. */
export function codeContract(name: string, make: () => Promise<CodeWorld>): void {
  describe(name, () => {
    let w: CodeWorld
    beforeAll(async () => {
      w = await make()
    })
    afterAll(() => w.close())

    const compose = async (message = 'Guard\n') => {
      const tree = await w.actor.composeTree(w.base, [{ path: 'src/app.ts', bytes }])
      return { tree, sha: await w.actor.composeCommit({ parents: [w.base], tree, message, at: AT }) }
    }

    test('a listing, a commit, a blob and who last changed a line', async () => {
      const files = await w.reader.files(w.base)
      const app = files.find((file) => file.path === 'src/app.ts')!
      expect(app.mode).toBe('100644')
      expect((await w.reader.blob(app.oid)).toString()).toContain('export')
      expect((await w.reader.commit(w.base)).sha).toBe(w.base)
      expect((await w.reader.blame(w.base, 'src/app.ts', 1))?.sha).toBe(w.base)
      expect(await w.reader.blame(w.base, 'src/app.ts', 999)).toBeNull()
      expect(await w.reader.head('nothing')).toBeNull()
    })

    test('the tree git makes is the tree computed without git, and a commit comes out the same twice', async () => {
      const { tree, sha } = await compose()
      expect(tree).toBe(treeWith(await w.reader.files(w.base), [{ path: 'src/app.ts', bytes }]))
      expect((await compose()).sha).toBe(sha)
      expect((await compose('Other\n')).sha).not.toBe(sha)
    })

    test('what another process made of the same plan is known again', async () => {
      const { tree, sha } = await compose('Again\n')
      expect(await w.actor.push('agent/fix-000000000003', sha, null)).toBe('pushed')
      const other = w.another()
      const same = await other.composeCommit({ parents: [w.base], tree, message: 'Again\n', at: AT })
      expect(await other.push('agent/fix-000000000003', same, null)).toBe('pushed')
      expect(await w.head('agent/fix-000000000003')).toBe(sha)
      const known = await other.commit((await other.head('agent/fix-000000000003'))!)
      expect(known).toMatchObject({ tree, parents: [w.base], subject: 'Again' })
    })

    test('our branch is created, and never moved', async () => {
      const { sha } = await compose()
      expect(await w.actor.push('agent/fix-000000000001', sha, null)).toBe('pushed')
      expect(await w.head('agent/fix-000000000001')).toBe(sha)
      expect(await w.actor.push('agent/fix-000000000001', sha, null)).toBe('pushed')
      const other = await compose('Other\n')
      expect(await w.actor.push('agent/fix-000000000001', other.sha, null)).toBe('moved')
      expect(await w.head('agent/fix-000000000001')).toBe(sha)
    })

    test('twenty pushes of different commits make one branch', async () => {
      const commits = await Promise.all(Array.from({ length: 20 }, (_, i) => compose(`Try ${i}\n`)))
      const answers = await Promise.all(commits.map((c) => w.actor.push('agent/fix-000000000002', c.sha, null)))
      expect(answers.filter((answer) => answer === 'pushed')).toHaveLength(1)
    })

    test.each(['main2', 'agent/other', 'agent/fix-x', '--force', 'refs/tags/v1', 'agent/fix-000000000001/../../main'])(
      'no branch called %s is created',
      async (branch) => {
        const { sha } = await compose()
        await expect(w.actor.push(branch, sha, null)).rejects.toThrow('creates no branch')
      },
    )

    test('a configured branch moves only forward, and only from where it was seen', async () => {
      const { sha } = await compose()
      await expect(w.actor.push('agent/fix-000000000001', sha, w.base)).rejects.toThrow('does not move')
      const merged = { parents: [w.base, sha], message: 'Merge\n', at: AT }
      const tree = (await w.actor.mergeTree(w.base, sha))!
      const merge = await w.actor.composeCommit({ ...merged, tree })
      expect(await w.actor.push('staging', merge, w.base)).toBe('pushed')
      expect(await w.actor.isAncestor(w.base, merge)).toBe(true)
      await expect(w.actor.push('staging', w.base, merge)).rejects.toThrow('would lose commits')
      const theirs = await w.commitElsewhere('main')
      const late = await w.actor.composeCommit({ ...merged, tree })
      expect(await w.actor.push('main', late, w.base)).toBe('moved')
      expect(await w.head('main')).toBe(theirs)
    })

    test('many blobs at once are what each is alone, in the order asked for, empty ones and repeated ones too', async () => {
      const files = await w.reader.files(w.base)
      const asked = [...files, ...[...files].reverse()]
      const together = await w.reader.blobs(asked)
      const alone = await Promise.all(asked.map(({ oid }) => w.reader.blob(oid)))
      expect(together.map(String)).toEqual(alone.map(String))
      expect(await w.reader.blobs([])).toEqual([])
    })

    test('a blob that is not there is said, among others that are', async () => {
      const [first] = await w.reader.files(w.base)
      await expect(w.reader.blobs([first!, { oid: 'd'.repeat(40), size: 1 }])).rejects.toThrow('no blob dddddddddddd')
    })

    test('every branch is listed as the far side has it, and what changed between two commits is shown', async () => {
      const { sha } = await compose('Shown\n')
      expect(await w.actor.push('agent/fix-000000000004', sha, null)).toBe('pushed')
      const listed = await w.reader.branches()
      expect(listed).toContainEqual({ name: 'agent/fix-000000000004', head: sha })
      for (const { name, head } of listed) expect(await w.head(name)).toBe(head)
      const shown = await w.reader.diff(w.base, sha)
      expect(shown).toContain(
        'diff --git a/src/app.ts b/src/app.ts\n--- a/src/app.ts\n+++ b/src/app.ts\n@@ -1,1 +1,1 @@\n',
      )
      expect(shown).toContain('-export const fixed = false\n+export const fixed = true\n')
      expect(shown).not.toContain('README')
      expect(await w.reader.diff(sha, sha)).toBe('')
    })

    test('two changes of one line do not merge', async () => {
      const theirs = await w.commitElsewhere('main')
      const { sha } = await compose()
      expect(await w.actor.mergeTree(theirs, sha)).toBeNull()
    })
  })
}
