import { expect, test } from 'vitest'
import { diffOf } from '../../lib/adapters/code/diff.ts'
import { blobOid } from '../../lib/domain/gitTree.ts'
import type { Entry } from '../../lib/domain/tree.ts'

type Files = Record<string, string | { text: string; mode: string }>

/** Two commits in memory. */
function code(before: Files, after: Files) {
  const texts = new Map<string, Buffer>()
  const listing = (files: Files): Entry[] =>
    Object.entries(files).map(([path, file]) => {
      const { text, mode } = typeof file === 'string' ? { text: file, mode: '100644' } : file
      const bytes = Buffer.from(text)
      texts.set(blobOid(bytes), bytes)
      return { path, mode, oid: blobOid(bytes), size: bytes.length }
    })
  const [a, b] = [listing(before), listing(after)]
  return {
    files: async (sha: string) => (sha === 'a' ? a : b),
    blobs: async (entries: { oid: string }[]) => entries.map(({ oid }) => texts.get(oid)!),
  }
}
const shown = (before: Files, after: Files) => diffOf(code(before, after), 'a', 'b')

test('a change, a new file and one that is gone', async () => {
  const diff = await shown(
    { a: 'one\ntwo\n', gone: 'x\n', same: 's\n' },
    { a: 'one\nTWO\n', fresh: 'y\n', same: 's\n' },
  )
  expect(diff).toBe(
    [
      ...['diff --git a/a b/a', '--- a/a', '+++ b/a', '@@ -1,2 +1,2 @@', ' one', '-two', '+TWO'],
      ...[
        'diff --git a/fresh b/fresh',
        'new file mode 100644',
        '--- /dev/null',
        '+++ b/fresh',
        '@@ -0,0 +1,1 @@',
        '+y',
      ],
      ...[
        'diff --git a/gone b/gone',
        'deleted file mode 100644',
        '--- a/gone',
        '+++ /dev/null',
        '@@ -1,1 +0,0 @@',
        '-x',
        '',
      ],
    ].join('\n'),
  )
})

test('modes, links and binaries are named and not shown', async () => {
  const diff = await shown(
    { run: 'x\n', link: { text: 'a', mode: '120000' }, bin: 'a\0b' },
    { run: { text: 'x\n', mode: '100755' }, link: { text: 'b', mode: '120000' }, bin: 'a\0c' },
  )
  expect(diff).toContain('old mode 100644\nnew mode 100755\n')
  expect(diff).toContain('Files a/link and b/link differ')
  expect(diff).toContain('Binary files a/bin and b/bin differ')
})

test('more than a person reads is counted', async () => {
  const many = Object.fromEntries(Array.from({ length: 320 }, (_, n) => [`f${n}`, `${n}\n`]))
  expect(await shown({}, many)).toMatch(/\n20 more files changed\n$/)
  const long = Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`l${n}`, `${'x'.repeat(99)}\n`.repeat(2000)]))
  expect((await shown({}, long)).slice(-22)).toBe('3 more files changed\n'.padStart(22, '\n'))
})
