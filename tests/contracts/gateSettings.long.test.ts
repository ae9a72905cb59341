import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { gate, verdict } from './gateCommand.ts'
import { type Plumbed, plumbed } from './plumbing.ts'

let repository: Plumbed
let base: string
let to: string
let marker: string
beforeEach(() => {
  repository = plumbed()
  marker = join(repository.folder, 'ran')
  base = repository.commit(null, [
    { path: 'src/server.ts', bytes: 'one\n' },
    { path: 'vercel.json', bytes: '{}\n' },
    { path: '.gitattributes', bytes: '* filter=evil diff=evil merge=evil text working-tree-encoding=UTF-16\n' },
  ])
  to = repository.commit(base, [
    { path: 'src/server.ts', bytes: 'two\n' },
    { path: 'vercel.json', bytes: '[]\n' },
  ])
  repository.git(['update-ref', 'refs/heads/main', base])
  repository.git(['update-ref', 'refs/heads/fix', to])
})
afterEach(() => repository.remove())

const program = (name: string): string => {
  const path = join(repository.folder, name)
  writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> ${marker}\n`, { mode: 0o755 })
  return path
}

/** Everything among a repository's settings that can name a program. */
function hostile(): void {
  const evil = program('evil')
  const hooks = join(repository.path, 'hooks')
  mkdirSync(join(repository.path, 'info'), { recursive: true })
  mkdirSync(hooks, { recursive: true })
  for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change', 'fsmonitor-watchman'])
    writeFileSync(join(hooks, hook), `#!/bin/sh\necho ${hook} >> ${marker}\n`, { mode: 0o755 })
  writeFileSync(join(repository.path, 'info/attributes'), '* filter=evil diff=evil -text\n')
  appendFileSync(
    join(repository.path, 'config'),
    `[core]\n fsmonitor = ${evil}\n hooksPath = ${hooks}\n pager = ${evil}\n editor = ${evil}\n sshCommand = ${evil}
 gitProxy = ${evil}\n askPass = ${evil}\n alternateRefsCommand = ${evil}
[diff]\n external = ${evil}\n[diff "evil"]\n command = ${evil}\n textconv = ${evil}
[filter "evil"]\n clean = ${evil}\n smudge = ${evil}\n process = ${evil}\n required = true
[merge "evil"]\n driver = ${evil}\n[gpg]\n program = ${evil}\n[credential]\n helper = ${evil}
[alias]\n rev-parse = !${evil}\n ls-tree = !${evil}\n cat-file = !${evil}\n[uploadpack]\n packObjectsHook = ${evil}
[protocol]\n allow = always\n[core]\n repositoryFormatVersion = 1\n[extensions]\n partialClone = origin
[remote "origin"]\n url = ${repository.path}\n promisor = true\n uploadpack = ${evil}\n`,
  )
}

it('runs nothing the repository sets up', async () => {
  hostile()
  const { status, files, rules } = await verdict(repository.path, 'main', 'fix')
  expect({ status, files, rules }).toEqual({ status: 3, files: 2, rules: ['deploy'] })
  expect(existsSync(marker) && readFileSync(marker, 'utf8')).toBe(false)
})

it.each(['b'.repeat(40), 'bbbbbbb', 'origin/main', 'fix~5'])(
  'fetches nothing for a partial clone, since that runs what the remote names: %s',
  async (name) => {
    hostile()
    expect((await gate(repository.path, 'main', name)).status).toBe(1)
    expect(existsSync(marker) && readFileSync(marker, 'utf8')).toBe(false)
  },
)

it('these settings do run programs where git is asked plainly', () => {
  hostile()
  const plainly = (...args: string[]) => {
    try {
      execFileSync('git', ['--git-dir', repository.path, ...args], { stdio: 'ignore', timeout: 10_000 })
    } catch {
      // What the program answers is no matter.
    }
    return existsSync(marker) ? readFileSync(marker, 'utf8') : ''
  }
  expect(plainly('diff', 'main', 'fix', '--', 'src')).toContain('evil')
  writeFileSync(marker, '')
  expect(plainly('rev-parse', '--verify', `${'b'.repeat(40)}^{commit}`)).toContain('evil')
})

it.each<[string, () => void]>([
  ['a replaced commit', () => repository.git(['replace', to, base])],
  ['a replaced tree', () => repository.git(['replace', `${to}^{tree}`, `${base}^{tree}`])],
  [
    'a graft',
    () => {
      mkdirSync(join(repository.path, 'info'), { recursive: true })
      writeFileSync(join(repository.path, 'info/grafts'), `${to} ${to}\n`)
    },
  ],
  ['a branch named like a sha', () => repository.git(['update-ref', `refs/heads/${to}`, base])],
  ['attributes for everybody', () => repository.git(['config', 'core.attributesFile', '/etc/passwd'])],
])('is told nothing by %s', async (_, set) => {
  set()
  const answer = await verdict(repository.path, `${to}~1`, to)
  expect(answer).toMatchObject({ status: 3, base, head: to, rules: ['deploy'] })
})

it.each<[string, () => string]>([
  ['a file', () => repository.git(['rev-parse', `${base}:vercel.json`])],
  ['a folder', () => repository.git(['rev-parse', `${base}:src`])],
])('is an error where %s does not hold what its id says', async (_, find) => {
  const oid = find()
  const type = repository.git(['cat-file', '-t', oid])
  const forged = repository.git(['rev-parse', type === 'blob' ? `${to}:vercel.json` : `${to}:src`])
  const path = (id: string) => join(repository.path, 'objects', id.slice(0, 2), id.slice(2))
  chmodSync(path(oid), 0o644)
  writeFileSync(path(oid), readFileSync(path(forged)))
  const { status, err } = await gate(repository.path, base, to)
  expect(status).toBe(1)
  expect(err).toMatch(/does not hold what its name says/)
})
