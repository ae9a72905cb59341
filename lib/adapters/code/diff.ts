import { createTwoFilesPatch } from 'diff'
import type { Entry, Sha } from '../../domain/tree.ts'
import type { CodeReader } from '../../world.ts'

/** More is nothing a person reads. */
const FILES = 300
const FILE_BYTES = 512 * 1024
const TEXT = 400_000

/** The patch between two commits, from their listings: the same words whichever host they are on. No renames. */
export async function diffOf(code: Pick<CodeReader, 'files' | 'blobs'>, from: Sha, to: Sha): Promise<string> {
  const [before, after] = [byPath(await code.files(from)), byPath(await code.files(to))]
  const paths = [...new Set([...before.keys(), ...after.keys()])]
    .filter(
      (path) => before.get(path)?.oid !== after.get(path)?.oid || before.get(path)?.mode !== after.get(path)?.mode,
    )
    .sort()
  const parts: string[] = []
  let length = 0
  for (const path of paths.slice(0, FILES)) {
    if (length > TEXT) break
    const part = await partOf(code, path, before.get(path), after.get(path))
    parts.push(part)
    length += part.length
  }
  const left = paths.length - parts.length
  return parts.join('') + (left > 0 ? `${left} more files changed\n` : '')
}

const byPath = (entries: Entry[]): Map<string, Entry> => new Map(entries.map((entry) => [entry.path, entry]))

async function partOf(
  code: Pick<CodeReader, 'blobs'>,
  path: string,
  before: Entry | undefined,
  after: Entry | undefined,
): Promise<string> {
  const [old, now] = [before ? `a/${path}` : '/dev/null', after ? `b/${path}` : '/dev/null']
  const head = `diff --git a/${path} b/${path}\n${modes(before, after)}`
  if (before?.oid === after?.oid) return head
  const plain = [before, after].every((one) => !one || (one.mode.startsWith('100') && one.size <= FILE_BYTES))
  if (!plain) return `${head}Files ${old} and ${now} differ\n`
  const texts = await Promise.all(
    [before, after].map(async (one) => (one ? (await code.blobs([one]))[0]! : Buffer.alloc(0))),
  )
  if (texts.some((bytes) => bytes.includes(0))) return `${head}Binary files ${old} and ${now} differ\n`
  const patch = createTwoFilesPatch(old, now, String(texts[0]), String(texts[1]), '', '', { context: 3 })
  return head + patch.replace(/^=+\n/, '').replaceAll(/^(---|\+\+\+) (.*)\t$/gm, '$1 $2')
}

function modes(before: Entry | undefined, after: Entry | undefined): string {
  if (!before) return `new file mode ${after?.mode}\n`
  if (!after) return `deleted file mode ${before.mode}\n`
  return before.mode === after.mode ? '' : `old mode ${before.mode}\nnew mode ${after.mode}\n`
}
