import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { baseEnv, exactly } from '../../cli/env.ts'
import { makeHome } from '../../cli/home.ts'
import { loadSecrets } from '../../cli/secrets.ts'
import { COMPILED } from '../setup/compiled.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ns-command-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

function nightshift(...argv: string[]): Promise<{ status: number; out: string; err: string }> {
  const env = exactly({ ...baseEnv(), ...COMPILED, NIGHTSHIFT_HOME: home })
  const program = resolve(import.meta.dirname, '../../cli/nightshift.ts')
  return new Promise((done) => {
    execFile(process.execPath, [program, ...argv], { env }, (error, out, err) =>
      done({ status: Number(error?.code ?? 0), out, err }),
    )
  })
}

it.each([[[]], [['help']], [['--help']], [['-h']]])('lists its commands for %j', async (argv) => {
  const { status, out } = await nightshift(...argv)
  expect(status).toBe(0)
  for (const command of ['start', 'test', 'doctor', 'password', 'home'])
    expect(out).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'))
})

it('tells the password that a first start made, and makes it where none was', async () => {
  const { out } = await nightshift('password')
  await makeHome(home)
  expect(out).toBe(`${(await loadSecrets(home)).ownerPassword}\n`)
})

it('tells the state folder', async () => {
  expect(await nightshift('home')).toEqual({ status: 0, out: `${home}\n`, err: '' })
})

it.each(['nonsense', 'constructor', '__proto__'])('does not know %s', async (name) => {
  const { status, err } = await nightshift(name)
  expect(status).toBe(2)
  expect(err).toContain(`no command "${name}"`)
})
