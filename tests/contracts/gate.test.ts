import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { gate, verdict } from './gateCommand.ts'
import { type Change, type Plumbed, plumbed } from './plumbing.ts'

const MANIFEST = JSON.stringify({ test: { run: 'node --test', report: 'tap' }, start: 'node src/server.ts' })
const FIXTURE = 'tests/nightshift/0123456789ab.json'

let repository: Plumbed
let base: string
beforeAll(() => {
  repository = plumbed()
  const paths = ['src/server.ts', 'vercel.json', 'package.json', 'README.md', '.github/workflows/ci.yml']
  const files = paths.map((path) => ({ path, bytes: 'one\n' }))
  base = repository.commit(null, [...files, { path: 'nightshift.json', bytes: MANIFEST }])
})
afterAll(() => repository.remove())

const head = (...changes: Change[]) => repository.commit(base, changes)
const fix: Change = { path: 'src/server.ts', bytes: 'one\ntwo\n' }

it('passes an honest fix with its fixture', async () => {
  const to = head(fix, { path: FIXTURE, bytes: '{}\n' })
  const { status, out, err } = await gate(repository.path, base, to)
  expect({ status, err }).toEqual({ status: 0, err: '' })
  expect(out).toBe(
    `Passes: nothing in it is protected. (2 files, 2 lines, 7 bytes, ${base.slice(0, 12)} to ${to.slice(0, 12)})\n`,
  )
  expect(JSON.parse((await gate('--json', repository.path, base, to)).out)).toEqual({
    ...{ answer: 'pass', files: 2, lines: 2, bytes: 7, findings: [], base, head: to },
  })
  expect(existsSync('/nonexistent')).toBe(false)
})

it('says in words what is refused and why, and ends with 3', async () => {
  const { status, out } = await gate(repository.path, base, head(fix, { path: 'vercel.json', bytes: 'x\n' }))
  expect(status).toBe(3)
  expect(out.split('\n')[0]).toMatch(/^Refused: /)
  expect(out.split('\n')[1]).toBe('head  vercel.json  deploy  Decides how the app is deployed.')
})

it('needs approval for dependencies, which is 3 as well', async () => {
  const { status, out } = await gate(repository.path, base, head(fix, { path: 'package.json', bytes: '{}\n' }))
  expect([status, out.split(':')[0]]).toEqual([3, 'Needs approval'])
})

it('shows forty lines at most, and says how many more', async () => {
  const many = Array.from({ length: 60 }, (_, i) => ({ path: `.github/${i}.yml`, bytes: `${i}\n` }))
  const lines = (await gate(repository.path, base, head(...many))).out.trimEnd().split('\n')
  expect(lines).toHaveLength(41)
  expect(lines.at(-1)).toMatch(/^and \d+ more$/)
})

it('protects the patterns it is given', async () => {
  const to = head(fix)
  expect((await verdict(repository.path, base, to, '--protect', 'docs/**', '--protect=src/*.ts')).rules).toEqual([
    'project',
  ])
  expect((await verdict(repository.path, base, to, '--protect', 'docs/**')).status).toBe(0)
})

it('allows the fixture that is named, a lone one without a name, and of two none', async () => {
  const other: Change = { path: 'tests/nightshift/bbbbbbbbbbbb.json', bytes: '{}\n' }
  const one = head(fix, other)
  expect((await verdict(repository.path, base, one)).answer).toBe('pass')
  expect((await verdict(repository.path, base, one, '--fix', 'bbbbbbbbbbbb')).answer).toBe('pass')
  expect((await verdict(repository.path, base, one, '--fix', '0123456789ab')).rules).toEqual(['fixture'])
  const two = head(fix, other, { path: FIXTURE, bytes: '{}\n' })
  expect((await verdict(repository.path, base, two)).rules).toEqual(['fixture', 'fixture'])
})

it('reads nightshift.json from the base alone', async () => {
  const moved = JSON.stringify({ ...JSON.parse(MANIFEST), replay: { fixtures: 'src' } })
  const to = head({ path: 'nightshift.json', bytes: moved }, { path: 'src/0123456789ab.json', bytes: '{}\n' })
  expect((await verdict(repository.path, base, to)).rules).toEqual(['nightshift'])
  expect((await verdict(repository.path, to, head(fix), '--json')).rules).toContain('deleted')
})

it.each<[string, Change]>([
  ['is no JSON', { path: 'nightshift.json', bytes: '{' }],
  ['has an unknown key', { path: 'nightshift.json', bytes: '{"tests":1}' }],
  ['is a symbolic link', { path: 'nightshift.json', mode: '120000', bytes: 'package.json' }],
  ['is a submodule', { path: 'nightshift.json', mode: '160000', oid: 'a'.repeat(40) }],
])('is an error where the base’s nightshift.json %s', async (_, manifest) => {
  const from = head(manifest)
  const { status, out, err } = await gate(repository.path, from, repository.commit(from, [fix]), '--json')
  expect(status).toBe(1)
  expect(err).toMatch(/^nightshift\.json at the base commit cannot be read\./)
  expect(JSON.parse(out)).toEqual({ error: err.trimEnd() })
})

it.each([
  [['HEAD'], 'wants a repository and two commits'],
  [['r', 'a', 'b', 'c'], 'wants a repository and two commits'],
  [['r', 'a', 'b', '--fix', '../x'], '--fix wants the id of a fix'],
  [['r', 'a', 'b', '--nonsense'], 'Unknown option'],
  [['/', 'a', 'b'], '"/" is no git repository'],
  [['/nonexistent', 'a', 'b'], 'is no git repository'],
])('is an error in words: %j', async (argv, words) => {
  const { status, out, err } = await gate(...argv)
  expect([status, out]).toEqual([1, ''])
  expect(err).toContain(words)
})

it.each(['nope', '', '--all', '-h^', 'HEAD..main', '^main', 'a'.repeat(40), '\u001b[2J', 'HEAD:vercel.json'])(
  'knows no commit called %j',
  async (name) => {
    repository.git(['update-ref', 'refs/heads/main', base])
    const { status, err } = await gate('--', repository.path, 'main', name)
    expect(status).toBe(1)
    expect(err).toMatch(name === '' ? /wants a repository/ : /no commit called/)
    expect(err).not.toContain('\u001b')
  },
)

it('explains itself', async () => {
  const { status, out } = await gate('--help')
  expect(status).toBe(0)
  expect(out).toMatch(/^nightshift gate <repo> <base> <head>$/m)
})
