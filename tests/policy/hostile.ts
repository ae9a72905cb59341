import type { Entry } from '../../lib/domain/tree.ts'
import { type TreeGateAnswer, treeGate } from '../../lib/policy/treeGate.ts'
import { APPROVED, JUDGES, PROTECTED } from './floorExamples.ts'
import { spellings } from './spellings.ts'
import { blobsOf, type Edits, edited, FIXTURE, type File, listing, manifest, type Tree } from './trees.ts'

/** A change that may not pass, as two listings and what is in them. */
export interface Hostile {
  name: string
  base: Entry[]
  head: Entry[]
  blobs: Map<string, Uint8Array>
  truncated?: boolean
  /** A rule that has to be among the findings. */
  rule: string
  /** `held`: refused or kept for approval, whichever the spelling makes it. */
  answer: 'refused' | 'needs-approval' | 'held'
}

const HOME: Tree = {
  'src/server.ts': 'one\ntwo\n',
  'README.md': 'about\n',
  'public/a.png': { bytes: Uint8Array.of(0) },
}
const OLD = 'old\n'
const NEW = 'new\n'
const as = (mode: string): File => ({ mode, bytes: OLD })
const [EXECUTABLE, LINK, SUBMODULE] = [as('100755'), as('120000'), as('160000')]

/** What can be done to a path: what it was in the base, and the edits. */
const existing = (path: string): [way: string, was: string | File | null, edits: Edits][] => [
  ['edit', OLD, { [path]: NEW }],
  ['delete', OLD, { [path]: null }],
  ['move out', OLD, { [path]: null, 'src/moved.ts': OLD }],
  ['chmod', OLD, { [path]: EXECUTABLE }],
  ['chmod back', EXECUTABLE, { [path]: OLD }],
  ['file to symlink', OLD, { [path]: LINK }],
  ['symlink to file', LINK, { [path]: OLD }],
  ['file to gitlink', OLD, { [path]: SUBMODULE }],
  ['gitlink to file', SUBMODULE, { [path]: OLD }],
]
const fresh = (path: string): [way: string, was: string | File | null, edits: Edits][] => [
  ['add', null, { [path]: NEW }],
  ['move in', null, { 'README.md': null, [path]: HOME['README.md']! }],
  ['add a symlink', null, { [path]: LINK }],
  ['add a gitlink', null, { [path]: SUBMODULE }],
]

function made(name: string, base: Tree, edits: Edits, rule: string, answer: Hostile['answer'] = 'refused'): Hostile {
  const head = edited(base, edits)
  return { name, base: listing(base), head: listing(head), blobs: blobsOf(base, head), rule, answer }
}

function touched(path: string, rule: string, ways: typeof existing, answer?: (way: string) => Hostile['answer']) {
  return ways(path).map(([way, was, edits]) =>
    made(`${way} ${JSON.stringify(path)}`, was === null ? HOME : { ...HOME, [path]: was }, edits, rule, answer?.(way)),
  )
}

const both = (path: string) => [...existing(path), ...fresh(path)]
const spelt = (path: string) => both(path).filter(([way]) => ['add', 'edit', 'delete', 'move out'].includes(way))
const each = (list: [string, string[]][]) => list.flatMap(([rule, paths]) => paths.map((path) => [rule, path] as const))

/** Caps one over, what is no text, listings that cannot be: about the change, not about a name. */
function whole(): Hostile[] {
  const files = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`src/${i}.ts`, NEW]))
  const lines = Array.from({ length: 301 }, (_, i) => `${i}\n`).join('')
  const plain = made('', HOME, { 'src/server.ts': NEW }, '')
  const again = (entries: Entry[]) => [...entries, entries[0]!]
  const other = (entries: Entry[]) => [...entries, { ...entries[0]!, oid: 'f'.repeat(40) }]
  return [
    made('11 files', HOME, files, 'files'),
    made('301 lines', HOME, { 'src/a.ts': lines }, 'lines'),
    made('301 lines that go', { ...HOME, 'src/a.ts': lines }, { 'src/a.ts': '' }, 'lines'),
    made('64 KB and a byte', HOME, { 'src/a.ts': 'x'.repeat(65_537) }, 'bytes'),
    made('64 KB and a byte that go', { ...HOME, 'src/a.ts': 'x'.repeat(65_537) }, { 'src/a.ts': '' }, 'bytes'),
    ...[[0], [97, 0, 98], [0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf0, 0x9f]].flatMap((bytes) => {
      const file = { bytes: Uint8Array.from(bytes) }
      return [
        made(`bytes ${bytes} come`, HOME, { 'src/a.ts': file }, 'binary'),
        made(`bytes ${bytes} go`, { ...HOME, 'src/a.ts': file }, { 'src/a.ts': NEW }, 'binary'),
      ]
    }),
    made('nothing', HOME, {}, 'empty'),
    { ...plain, name: 'cut short', rule: 'truncated', truncated: true },
    { ...plain, name: 'no blobs', rule: 'missing', blobs: new Map() },
    { ...plain, name: 'twice in the base', rule: 'repeated', base: again(plain.base) },
    { ...plain, name: 'twice in the head', rule: 'repeated', head: again(plain.head) },
    { ...plain, name: 'twice and different in the base', rule: 'repeated', base: other(plain.base) },
    { ...plain, name: 'twice and different in the head', rule: 'repeated', head: other(plain.head) },
  ]
}

/** Modes count for every file, not only for protected ones. */
const RULE_OF: Record<string, string> = {
  chmod: 'mode',
  'chmod back': 'mode',
  delete: 'deleted',
  'move out': 'deleted',
}
const unprotected = (path: string): Hostile[] =>
  both(path)
    .filter(([way]) => !['edit', 'add'].includes(way))
    .flatMap(([way]) => {
      const rule =
        RULE_OF[way] ?? (way.includes('symlink') ? 'symlink' : way.includes('gitlink') ? 'submodule' : 'deleted')
      return touched(path, rule, (p) => both(p).filter(([other]) => other === way))
    })

export function hostileTrees(): Hostile[] {
  return [
    ...each(PROTECTED).flatMap(([rule, path]) => touched(path, rule, both)),
    ...each(JUDGES).flatMap(([rule, path]) => touched(path, rule, existing)),
    ...each(APPROVED).flatMap(([rule, path]) =>
      touched(path, rule, both, (way) => (['edit', 'add'].includes(way) ? 'needs-approval' : 'refused')),
    ),
    ...each(PROTECTED).flatMap(([rule, path]) =>
      spellings(path, !['named', 'supabase'].includes(rule)).flatMap((other) => touched(other, rule, spelt)),
    ),
    ...each(APPROVED).flatMap(([rule, path]) =>
      spellings(path, true).flatMap((other) => touched(other, rule, spelt, () => 'held')),
    ),
    ...['src/plain.ts', 'docs/x', 'lib/a/b.go'].flatMap(unprotected),
    ...whole(),
  ]
}

export const judged = ({
  base,
  head,
  blobs,
  truncated = false,
}: Omit<Hostile, 'name' | 'rule' | 'answer'>): TreeGateAnswer =>
  treeGate(base, head, { blobs, manifest, protect: [], fixtureAllowed: FIXTURE, truncated })
