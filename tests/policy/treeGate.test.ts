import { expect, test } from 'vitest'
import { Manifest } from '../../lib/domain/manifest.ts'
import { treeGate } from '../../lib/policy/treeGate.ts'
import { BASE, blobsOf, type Edits, edited, FIXTURE, gate, listing, manifest, rulesOf, type Tree } from './trees.ts'

const files = (n: number): Edits =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`src/new/${i}.ts`, `${i}\n`]))
const lines = (n: number): Edits => ({ 'src/new.ts': Array.from({ length: n }, (_, i) => `${i}\n`).join('') })
const bytes = (n: number): Edits => ({ 'src/new.ts': 'x'.repeat(n) })

test.each<[string, Edits, string | null]>([
  ['10 files', files(10), null],
  ['11 files', files(11), 'files'],
  ['300 lines', lines(300), null],
  ['301 lines', lines(301), 'lines'],
  ['64 KB', bytes(65_536), null],
  ['64 KB and a byte', bytes(65_537), 'bytes'],
  ['a few lines in each of many', { ...files(5), ...lines(296) }, 'lines'],
])('caps: %s', (_, edits, rule) => {
  const answer = gate(edits)
  expect(rulesOf(answer)).toEqual(rule ? [rule] : [])
  expect(answer.answer).toBe(rule ? 'refused' : 'pass')
})

test.each<[string, Edits, string]>([
  ['a script that prepare names', { 'tools/seed.sh': 'x\n' }, 'named'],
  ['named with ./', { 'db/prepare.ts': 'x\n' }, 'named'],
  ['by another case', { 'DB/prepare.ts': 'x\n' }, 'named'],
  ['the driver', { 'tests/nightshift.test.ts': 'x\n' }, 'named'],
  ['a fixture that was there', { 'tests/nightshift/aaaaaaaaaaaa.json': '{}\n' }, 'existing-test'],
  ['another fixture', { 'tests/nightshift/bbbbbbbbbbbb.json': '{}\n' }, 'fixture'],
  ['code beside the fixtures', { 'tests/nightshift/helper.ts': 'x\n' }, 'fixture'],
  ['the fixture in another case', { [FIXTURE.toUpperCase()]: '{}\n' }, 'fixture'],
  ['an existing test', { 'tests/launch.test.ts': 'x\n' }, 'existing-test'],
  ['a test beside its source', { 'src/lib/json.test.ts': 'x\n' }, 'existing-test'],
  ['a snapshot', { 'tests/__snapshots__/launch.test.ts.snap': 'x\n' }, 'existing-test'],
  ['a new snapshot', { 'tests/__snapshots__/a.snap': 'x\n' }, 'snapshot'],
  ['a new mock', { '__mocks__/fs.ts': 'x\n' }, 'snapshot'],
  ['settings that tests load', { 'tests/conftest.py': 'x\n' }, 'test-settings'],
  ['a set-up file', { 'vitest.setup.ts': 'x\n' }, 'test-settings'],
  ['nothing', {}, 'empty'],
])('refused: %s', (_, edits, rule) => {
  const answer = gate(edits)
  expect(answer.answer).toBe('refused')
  expect(rulesOf(answer)).toContain(rule)
})

test('other files of tools, and what start names, are the app’s own', () => {
  expect(gate({ 'tools/format.ts': 'x\n', 'src/server.ts': 'x\n', 'src/instrument.ts': 'x\n' }).answer).toBe('pass')
})

test('a start script is no source', () => {
  const started = Manifest.parse({ ...manifest, start: 'sh tools/format.ts && ./run.sh' })
  expect(rulesOf(gate({ 'tools/format.ts': 'x\n' }, { manifest: started }))).toContain('named')
  expect(rulesOf(gate({ 'run.sh': 'x\n' }, { manifest: started }))).toContain('named')
})

test('without a manifest the floor stands, and the fixtures’ folder is known from the fixture', () => {
  expect(gate({ 'tools/seed.sh': 'x\n' }, { manifest: null }).answer).toBe('pass')
  expect(rulesOf(gate({ 'tests/nightshift/b.json': '{}\n' }, { manifest: null }))).toEqual(['fixture'])
  expect(gate({ [FIXTURE]: '{}\n' }, { manifest: null }).answer).toBe('pass')
})

test('dependencies need approval, unless something else refuses them', () => {
  expect(gate({ 'package.json': '{}\n', 'package-lock.json': '{}\n' }).answer).toBe('needs-approval')
  expect(gate({ 'package.json': '{}\n', '.npmrc': 'x\n' }).answer).toBe('refused')
  expect(gate({ 'package.json': null }).answer).toBe('refused')
})

test('a test defect may edit tests with approval, and nothing more', () => {
  const options = { testDefect: true }
  expect(gate({ 'tests/launch.test.ts': 'x\n' }, options)).toMatchObject({ answer: 'needs-approval' })
  expect(gate({ 'tests/launch.test.ts': null }, options).answer).toBe('refused')
  expect(gate({ 'tests/nightshift.test.ts': 'x\n' }, options).answer).toBe('refused')
})

test('the project’s patterns come on top, and one that cannot be read protects everything', () => {
  const fix = { 'src/server.ts': 'x\n' }
  expect(rulesOf(gate(fix, { protect: ['src/*.ts'] }))).toEqual(['project'])
  expect(gate(fix, { protect: ['docs/**'] }).answer).toBe('pass')
  const unreadable = gate(fix, { protect: ['{a,b}'] })
  expect(unreadable.findings.map((finding) => finding.why)).toEqual([
    'The pattern uses signs that are not supported. Everything is protected.',
  ])
})

const judge = (base: Tree, head: Tree, over: Partial<Parameters<typeof treeGate>[2]> = {}) =>
  treeGate(listing(base), listing(head), {
    blobs: blobsOf(base, head),
    manifest,
    protect: [],
    fixtureAllowed: FIXTURE,
    ...over,
  })

test('a truncated listing is refused, however harmless the rest', () => {
  expect(rulesOf(judge(BASE, edited(BASE, { 'src/server.ts': 'x\n' }), { truncated: true }))).toEqual(['truncated'])
})

test('a blob of either side that was not given is refused', () => {
  const head = edited(BASE, { 'src/server.ts': 'x\n' })
  for (const tree of [BASE, head]) {
    const blobs = blobsOf(BASE, head)
    blobs.delete(listing({ 'src/server.ts': tree['src/server.ts']! })[0]!.oid)
    expect(rulesOf(judge(BASE, head, { blobs }))).toEqual(['missing'])
  }
})

test('a listing that names a path twice is refused', () => {
  const head = edited(BASE, { 'src/server.ts': 'x\n' })
  const options = { blobs: blobsOf(BASE, head), manifest, protect: [], fixtureAllowed: FIXTURE }
  const twice = [...listing(head), ...listing({ 'src/server.ts': BASE['src/server.ts']! })]
  expect(rulesOf(treeGate(listing(BASE), twice, options))).toContain('repeated')
})

test('a fixture is read at a glance, or refused', () => {
  const of = (bytes: number) => rulesOf(judge(BASE, { ...BASE, [FIXTURE]: 'x'.repeat(bytes) }))
  expect(of(8192)).toEqual([])
  expect(of(8193)).toEqual(['fixture'])
})

test('the exact fixture does not excuse a protected folder', () => {
  const path = '.github/workflows/x.json'
  expect(gate({ [path]: '{}\n' }, { fixtureAllowed: path }).answer).toBe('refused')
})
