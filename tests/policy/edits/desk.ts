import { type EditsAnswer, editsOf, shortHash } from '../../../lib/policy/edits/edits.ts'
import type { EditContext } from '../../../lib/policy/edits/where.ts'

/** A small repository as it was shown, with one file of every kind of line end. */
export const LAUNCH = `import { json } from './json.ts'
export function launch(req, res) {
  const practice = practices.get(req.id)
  return json(res, 200, practice.id)
}
export function close(req, res) {
  return json(res, 200, {})
}
`
export const WINDOWS = 'export const a = 1\r\nexport const b = 2\r\nexport const c = 3\r\n'
export const MIXED = 'one\r\ntwo\r\nthree\nfour\r\n'
export const OPEN = 'first\nlast'

export const SHOWN = new Map([
  ['src/launch.ts', LAUNCH],
  ['src/windows.ts', WINDOWS],
  ['src/mixed.txt', MIXED],
  ['src/open.txt', OPEN],
  ['src/picture.bin', 'PNG\0\0data'],
  ['src/long.ts', Array.from({ length: 400 }, (_, i) => `export const row${i} = ${i}\n`).join('')],
  ['src/wide.ts', `export const wide = '${'x'.repeat(70_000)}'\nexport const end = 1\n`],
  ['job.py', 'def run(x):\n    if x:\n        a()\n    b()\n'],
  ...Array.from({ length: 12 }, (_, i): [string, string] => [`src/many/${i}.ts`, `export const many = ${i}\n`]),
])

export const DESK: EditContext = {
  shown: SHOWN,
  tracked: new Set([
    ...SHOWN.keys(),
    ...['src/secret.ts', 'package.json', '.env', 'nightshift.json', 'tests/launch.test.ts', 'src/auth/user.ts'],
  ]),
  mayCreate: new Set(['src/guard.ts', 'src/Launch.ts', 'src/dot.ts.']),
}

export const edit = (path: string, search: string, replace: string, hash = shortHash(SHOWN.get(path) ?? '')) => ({
  path,
  hash,
  search,
  replace,
})
export const said = (...edits: unknown[]): string => JSON.stringify({ edits })
export const judged = (answer: string, o: EditContext = DESK): EditsAnswer => editsOf(answer, o)

/** The rules an answer breaks; empty when it is taken. */
export function rulesOf(answer: string, o?: EditContext): string[] {
  const said = judged(answer, o)
  return said.ok ? [] : [...new Set(said.problems.map(({ rule }) => rule))]
}

/** The one new text an answer makes. */
export function textOf(answer: string, o?: EditContext): string {
  const said = judged(answer, o)
  if (!said.ok) throw new Error(said.problems.map(({ why }) => why).join(' '))
  return said.edits[0]!.text
}
