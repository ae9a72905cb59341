import { afterAll, beforeAll, expect, test } from 'vitest'
import { placedOver } from '../../../lib/adapters/code/merging.ts'
import { blobOid } from '../../../lib/domain/gitTree.ts'
import { mergeListings } from '../../../lib/domain/mergeListings.ts'
import { mergeText } from '../../../lib/domain/mergeText.ts'
import type { Entry } from '../../../lib/domain/tree.ts'
import { bareRepository, type Repository } from '../../contracts/repository.ts'

type Files = Record<string, { text: string; mode?: string }>

let origin: Repository
beforeAll(() => {
  origin = bareRepository()
})
afterAll(() => origin.remove())

/** Numbers below `n`, the same ones for the same seed. */
function dice(seed: number): (n: number) => number {
  let state = seed * 2654435761 + 1
  return (n) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39)
    return ((state ^ (state >>> 15)) >>> 0) % n
  }
}

/** Lines as in code: some are everywhere, most are nowhere else. */
const WORDS = ['}', '', '  return', ...Array.from({ length: 40 }, (_, i) => `  const x${i} = ${i}`)]
/** Hardly any line that is not there twice. */
const FEW = ['a', 'b', 'c', '', '}', 'return', 'x = 1']
const PATHS = ['one.ts', 'two.ts', 'lib/one.ts', 'lib/two.ts', 'lib/deep/x.ts', 'app/y.ts', 'app/z.ts']

type Dice = ReturnType<typeof dice> & { words: string[] }

const text = (roll: Dice, lines: number): string =>
  `${Array.from({ length: lines }, () => roll.words[roll(roll.words.length)]).join('\n')}${roll(6) === 0 ? '' : '\n'}`

function changed(roll: Dice, was: string): string {
  const lines = was.split('\n')
  for (let i = roll(3); i >= 0; i--) {
    const at = roll(lines.length + 1)
    const kind = roll(3)
    if (kind === 0) lines.splice(at, 0, roll.words[roll(roll.words.length)]!)
    else if (kind === 1) lines.splice(at, 1)
    else if (at < lines.length) lines[at] = roll.words[roll(roll.words.length)]!
  }
  return lines.join('\n')
}

/** One side: some files changed, added, taken out, moved or made executable. */
function side(roll: Dice, base: Files): Files {
  const files: Files = { ...base }
  for (let i = roll(4); i >= 0; i--) {
    const paths = Object.keys(files)
    const path = paths[roll(paths.length)]
    const kind = roll(12)
    if (kind < 7 && path) files[path] = { ...files[path]!, text: changed(roll, files[path]!.text) }
    else if (kind === 7 && path) delete files[path]
    else if (kind === 8 && path) {
      files[PATHS[roll(PATHS.length)]!] = files[path]!
      delete files[path]
    } else if (kind === 9 && path) files[path] = { ...files[path]!, mode: '100755' }
    else files[PATHS[roll(PATHS.length)]!] = { text: text(roll, roll(12)) }
  }
  return files
}

const listing = (files: Files): Entry[] =>
  Object.entries(files).map(([path, { text: content, mode = '100644' }]) => {
    const bytes = Buffer.from(content)
    return { path, mode, oid: blobOid(bytes), size: bytes.length }
  })

/** As the adapter does it, without GitHub: a tree's name, or null. */
function ours(base: Files, one: Files, other: Files): string | null {
  const merge = mergeListings(listing(base), listing(one), listing(other))
  if (!merge) return null
  const placed = [...merge.placed]
  for (const { path, mode } of merge.both) {
    const [was, here, there] = [base, one, other].map((files) => Buffer.from(files[path]!.text))
    const bytes = mergeText(was!, here!, there!)
    if (!bytes) return null
    placed.push({ path, mode, oid: blobOid(bytes) })
  }
  return placedOver(listing(one), placed)
}

const data = (content: string) => `data ${Buffer.byteLength(content)}\n${content}\n`

/** All commits of all cases by one `git fast-import`, and all merges by one `git merge-tree --stdin`. */
function gits(cases: [Files, Files, Files][]): (string | null)[] {
  const stream: string[] = []
  for (const [n, three] of cases.entries())
    for (const [i, files] of three.entries()) {
      stream.push(
        `commit refs/heads/c${n}-${i}\nmark :${n * 3 + i + 1}\ncommitter A <a@b> 1700000000 +0000\n${data('x')}`,
      )
      if (i > 0) stream.push(`from :${n * 3 + 1}\n`, 'deleteall\n')
      for (const [path, { text: content, mode = '100644' }] of Object.entries(files))
        stream.push(`M ${mode} inline ${path}\n${data(content)}`)
    }
  origin.feed(['fast-import', '--quiet', '--done', '--force'], `${stream.join('')}done\n`)
  const asked = cases.map((_, n) => `c${n}-1 c${n}-2`).join('\n')
  const out = origin.feed(['merge-tree', '--write-tree', '--no-messages', '--stdin'], `${asked}\n`)
  // Each answer: `1` or `0`, the tree, the conflicted files, and an empty field.
  const fields = out.split('\0')
  const answers: (string | null)[] = []
  for (let at = 0; answers.length < cases.length; ) {
    const clean = fields[at] === '1'
    answers.push(clean ? fields[at + 1]! : null)
    at += 2
    while (fields[at] !== '' && fields[at] !== undefined) at += 1
    at += 1
    if (at > fields.length) break
  }
  return answers
}

test.each([
  ['lines as in code', WORDS, 0.8],
  ['lines that repeat all the time', FEW, 0.5],
])(
  '%s: over 2000 random merges nothing is merged that git does not merge, and always to the same tree',
  (_, words, least) => {
    const cases = Array.from({ length: 2000 }, (_, seed): [Files, Files, Files] => {
      const roll = Object.assign(dice(seed + 1), { words })
      const base: Files = {}
      for (let i = 0; i < 5; i++) base[PATHS[roll(PATHS.length)]!] = { text: text(roll, 4 + roll(20)) }
      return [base, side(roll, base), side(roll, base)]
    })
    const theirs = gits(cases)
    const mine = cases.map(([base, one, other]) => ours(base, one, other))
    const wrong = cases.filter((_, n) => mine[n] !== null && mine[n] !== theirs[n])
    const [clean, alike] = [theirs.filter(Boolean).length, mine.filter(Boolean).length]
    expect(wrong).toEqual([])
    // Of what git merges, this much is merged here: the rest needs renames, or has more than one reading.
    expect(clean).toBeGreaterThan(500)
    expect(alike / clean).toBeGreaterThan(least)
  },
)
