import { FIXTURE_MAX_BYTES } from '../domain/fixture.ts'
import type { Manifest } from '../domain/manifest.ts'
import type { Entry, Oid } from '../domain/tree.ts'
import { type Change, changesOf, repeated } from './changes.ts'
import { collisionsOf } from './collisions.ts'
import { CAPS, contentOf } from './content.ts'
import { floorHits } from './floor.ts'
import { protection } from './glob.ts'
import type { Hit } from './hit.ts'
import { modeHits } from './modes.ts'
import { namedFiles } from './named.ts'
import { foldPath, malformed, printable } from './paths.ts'
import { testHits } from './testPaths.ts'

export interface TreeGateOptions {
  /** Bytes of every changed blob, of both sides. */
  blobs: Map<Oid, Uint8Array>
  /** nightshift.json of the base commit; null where it has none. */
  manifest: Manifest | null
  /** The project's own patterns on top of the floor. */
  protect: string[]
  /** The one new file the fixtures' folder may get, spelt exactly. */
  fixtureAllowed: string
  /** The diagnosis says that a test is wrong: editing it needs approval instead of being refused. */
  testDefect?: boolean
  /** A listing was cut short by whoever gave it: nothing can be said about what is missing. */
  truncated?: boolean
}

export interface TreeFinding extends Hit {
  /** With invisible characters written out; empty when it is about the whole change. */
  path: string
  side: 'base' | 'head'
}

export interface TreeGateAnswer {
  answer: 'pass' | 'needs-approval' | 'refused'
  findings: TreeFinding[]
  files: number
  /** Lines that went and lines that came, and their bytes. */
  lines: number
  bytes: number
}

/** May the step from `base` to `head` leave the house? Judged on full listings and blobs, never on patch text. */
export function treeGate(base: Entry[], head: Entry[], o: TreeGateOptions): TreeGateAnswer {
  const changes = changesOf(base, head)
  const content = contentOf(changes, o.blobs)
  const findings: TreeFinding[] = [...wholeFindings(base, head, changes, o), ...content.findings]
  const collisions = collisionsOf(
    changes.map((change) => change.path),
    base.map((entry) => entry.path),
    head.map((entry) => entry.path),
  )
  const named = o.manifest ? namedFiles(o.manifest) : new Set<string>()
  for (const change of changes) {
    const side = change.head ? 'head' : 'base'
    const hits = [...modeHits(change), ...pathHits(change, named, o)]
    if (collisions.has(change.path))
      hits.push(refused('collision', 'Some file systems take this for another file of the tree.'))
    // A file on both sides has one path, judged once; a moved one is two changes, so both of its names are judged.
    for (const hit of hits) findings.push({ path: printable(change.path), side, ...hit })
  }
  const worst = findings.some((finding) => finding.answer === 'refused') ? 'refused' : 'needs-approval'
  const { files, lines, bytes } = content
  return { answer: findings.length === 0 ? 'pass' : worst, findings, files, lines, bytes }
}

function pathHits(change: Change, named: Set<string>, o: TreeGateOptions): Hit[] {
  const { path, base } = change
  const hits: Hit[] = []
  const broken = malformed(path)
  if (broken) hits.push(refused('path', broken))
  const folded = foldPath(path)
  const joined = folded.segments.join('/')
  hits.push(...floorHits(folded))
  hits.push(...testHits(folded, { existing: base !== null, testDefect: o.testDefect === true }))
  if (named.has(joined)) hits.push(refused('named', 'nightshift.json names this file: it decides what is tested.'))
  const folder = foldPath(o.manifest?.replay.fixtures ?? o.fixtureAllowed.split('/').slice(0, -1).join('/'))
  const fixtures = folder.segments.length > 0 && `${joined}/`.startsWith(`${folder.segments.join('/')}/`)
  if (fixtures && base === null && path !== o.fixtureAllowed)
    hits.push(refused('fixture', 'Only the fix’s own fixture may be added here.'))
  const bytes = path === o.fixtureAllowed && change.head ? (o.blobs.get(change.head.oid)?.length ?? 0) : 0
  if (bytes > FIXTURE_MAX_BYTES)
    hits.push(
      refused('fixture', `The fixture has ${bytes} bytes; at most ${FIXTURE_MAX_BYTES}, to be read at a glance.`),
    )
  for (const pattern of o.protect) {
    const { answer, ...rest } = protection(pattern, folded)
    if (answer === 'protected') hits.push(refused('project', `The project protects ${pattern}.`))
    if (answer === 'unreadable')
      hits.push(refused('project', `${'why' in rest ? rest.why : ''} Everything is protected.`))
  }
  return hits
}

function wholeFindings(base: Entry[], head: Entry[], changes: Change[], o: TreeGateOptions): TreeFinding[] {
  const whole = (rule: string, why: string, path = ''): TreeFinding => ({ path, side: 'head', ...refused(rule, why) })
  const findings: TreeFinding[] = []
  if (o.truncated) findings.push(whole('truncated', 'A listing was cut short: what is missing cannot be judged.'))
  if (changes.length === 0) findings.push(whole('empty', 'Nothing changes.'))
  if (changes.length > CAPS.files) findings.push(whole('files', `${changes.length} files; at most ${CAPS.files}.`))
  for (const path of [...repeated(base), ...repeated(head)])
    findings.push(whole('repeated', 'The listing names this path twice.', printable(path)))
  return findings
}

const refused = (rule: string, why: string): Hit => ({ rule, why, answer: 'refused' })
