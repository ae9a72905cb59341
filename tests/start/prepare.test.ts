import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { exactly } from '../../cli/env.ts'

const BIN = resolve(import.meta.dirname, '../../bin')

let root: string
let path: string

/** A checkout with our commands, a fake npm that notes its calls, and nothing else on PATH but a shell's basics. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ns-prepare-'))
  path = join(root, 'path')
  await mkdir(path)
  await cp(BIN, join(root, 'bin'), { recursive: true })
  await writeFile(join(root, 'package-lock.json'), '{}')
  await mkdir(join(root, 'cli'))
  for (const name of ['start', 'test', 'nightshift']) {
    await writeFile(
      join(root, `cli/${name}.ts`),
      `const said: string = '${name}'\nconsole.log(said, ...process.argv.slice(2))\n`,
    )
  }
  for (const tool of ['sh', 'dirname', 'readlink', 'mkdir', 'touch', 'ln', 'cat', 'tail', 'rm', 'mktemp', 'git']) {
    await symlink((await run('/bin/sh', ['-c', `command -v ${tool}`])).out.trim(), join(path, tool))
  }
  await fake('id', 'echo 1000')
  for (const tool of ['bwrap', 'chromium', 'pgbouncer', 'pytest-3']) await fake(tool, '')
  await fake(
    'npm',
    `echo "npm $*" >> calls; mkdir -p node_modules/.bin; ln -sf ${process.execPath} node_modules/.bin/node; touch node_modules/.package-lock.json`,
  )
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function fake(name: string, script: string): Promise<void> {
  await rm(join(path, name), { force: true })
  await writeFile(join(path, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(path, name), 0o755)
}

function run(program: string, argv: string[] = [], cwd = '/'): Promise<{ status: number; out: string; err: string }> {
  const env = { PATH: program.startsWith(root ?? '//') ? path : '/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' }
  return new Promise((done) => {
    execFile(program, argv, { env: exactly(env), cwd }, (error, out, err) =>
      done({ status: Number(error?.code ?? 0), out, err }),
    )
  })
}
const command = (name: string, ...argv: string[]) => run(join(root, 'bin', name), argv)
const calls = async () => (await readFile(join(root, 'calls'), 'utf8').catch(() => '')).split('\n').filter(Boolean)

it('installs packages at first and not again', async () => {
  expect((await command('start', '--empty')).out).toMatch(/Installing packages.*start --empty\n$/s)
  expect((await command('start')).out).toBe('start\n')
  expect(await calls()).toEqual(['npm ci --no-audit --no-fund --loglevel=error'])
})

it('installs them again when the lock has changed', async () => {
  await command('start')
  await utimes(join(root, 'package-lock.json'), new Date(), new Date(Date.now() + 60_000))
  await command('start')
  expect(await calls()).toHaveLength(2)
})

it('stops where packages cannot be installed', async () => {
  await fake('npm', 'echo nope >&2; exit 7')
  const { status, out, err } = await command('start')
  expect({ status, ran: out.includes('start\n') }).toEqual({ status: 7, ran: false })
  expect(err).toContain('nope')
})

it.each([
  [899, 1],
  [900, 0],
])('with %d MB free it ends with %d', async (free, status) => {
  await fake('df', `echo head; echo "dev 1 1 ${free} 1% /"`)
  await symlink((await run('/bin/sh', ['-c', 'command -v awk'])).out.trim(), join(path, 'awk'))
  const done = await command('start')
  expect(done.status).toBe(status)
  if (status === 1) expect(done.err).toMatch(/disk is too full: the packages need 900 MB in .*, and 899 MB are free/)
  expect(await calls()).toHaveLength(1 - status)
})

it('says what is missing without npm', async () => {
  await rm(join(path, 'npm'))
  const { status, err } = await command('start')
  expect(status).toBe(1)
  expect(err).toContain('npm is missing')
})

/** A Node on PATH that is of this version by its own account; the packaged one does not run. */
async function machineWithNode(version: string): Promise<void> {
  await fake('npm', 'mkdir -p node_modules/.bin; touch node_modules/.package-lock.json')
  const claim = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`
  await fake(
    'node',
    `if [ "$1" = -e ]; then exec ${process.execPath} -e "${claim}; $2"; fi\nexec ${process.execPath} "$@"`,
  )
}

it.each(['22.18.0', '23.6.0', '24.0.0'])(
  'takes Node %s of the machine where the packaged one does not run',
  async (version) => {
    await machineWithNode(version)
    expect((await command('start')).out).toMatch(/start\n$/)
  },
)

it.each(['18.20.8', '20.20.2', '22.17.1'])('refuses Node %s, in words', async (version) => {
  await machineWithNode(version)
  const { status, out, err } = await command('start')
  expect({ status, ran: out.includes('start\n') }).toEqual({ status: 1, ran: false })
  expect(err).toContain('Node 22.18 or newer is needed')
})

it('prints the one line to run where it may not install bubblewrap, and starts all the same', async () => {
  await rm(join(path, 'bwrap'))
  await fake('apt-get', 'echo "apt-get $*" >> calls; exit 1')
  const { status, out, err } = await command('start')
  expect(status).toBe(0)
  expect(err).toContain('sudo apt-get install -y bubblewrap')
  expect(err).toContain('refuses to run tests and apps')
  expect((await calls()).filter((call) => call.startsWith('apt'))).toEqual([])
  expect(out).toMatch(/start\n$/)
})

it('installs bubblewrap where it may, after an update where that is needed', async () => {
  await rm(join(path, 'bwrap'))
  await fake('id', 'echo 0')
  await fake('apt-get', 'echo "apt-get $*" >> calls; [ "$1" = update ] && touch updated; [ -f updated ]')
  const { out, err } = await command('start')
  expect(out).toContain('Installing bubblewrap (the sandbox)')
  expect(err).toBe('')
  const install = 'apt-get install -y --no-install-recommends bubblewrap'
  expect((await calls()).filter((call) => call.startsWith('apt'))).toEqual([install, 'apt-get update', install])
})

it('sets up more for the tests', async () => {
  await rm(join(path, 'chromium'))
  await rm(join(path, 'pgbouncer'))
  const { err, out } = await command('test', 'tests/start')
  expect(err).toContain('apt-get install -y chromium')
  expect(err).toContain('apt-get install -y pgbouncer')
  expect(out).toMatch(/test tests\/start\n$/)
})

it('works from anywhere and through a link, and hands two commands over', async () => {
  await symlink(join(root, 'bin/nightshift'), join(root, 'linked'))
  await command('start')
  expect((await run(join(root, 'linked'), ['doctor'])).out).toBe('nightshift doctor\n')
  expect((await run(join(root, 'linked'), ['start', '--empty'])).out).toBe('start --empty\n')
  expect((await run(join(root, 'linked'), ['test'])).out).toBe('test\n')
})
