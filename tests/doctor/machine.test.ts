import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inWords } from '../../cli/doctor/check.ts'
import { machineChecks } from '../../cli/doctor/machine.ts'
import { loadSecrets, secretsFile } from '../../cli/secrets.ts'

/** What `nightshift doctor` says of the machine it runs on, in the words people read. */
let home: string
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'ns-machine-'))
  mkdirSync(join(home, 'secrets'), { mode: 0o700 })
  await loadSecrets(home)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(home, { recursive: true, force: true })
})

const said = async () => (await machineChecks(home)).map(inWords)
/** A program called git that says this; null: there is none. */
function gitSays(version: string | null): void {
  const bin = join(home, 'bin')
  mkdirSync(bin)
  if (version !== null) writeFileSync(join(bin, 'git'), `#!/bin/sh\necho "${version}"\n`, { mode: 0o755 })
  vi.stubEnv('PATH', version === null ? bin : `${bin}:/usr/bin:/bin`)
}

test('secrets of one’s own and a git of these days are well', async () => {
  gitSays('git version 2.45.1')
  expect(await said()).toEqual([
    `✓ secrets: only you can read them (${secretsFile(home)})`,
    '✓ git: git version 2.45.1',
  ])
})

test.each([0o640, 0o604, 0o660, 0o644])(
  'secrets that others can read (%o) fail, and it says how to close them',
  async (mode) => {
    chmodSync(secretsFile(home), mode)
    expect((await said())[0]).toBe(`✗ secrets: others can read them: chmod 600 (${secretsFile(home)})`)
  },
)

test('secrets of another user fail, and it says whose they should be', async () => {
  vi.spyOn(process, 'getuid').mockReturnValue((process.getuid?.() ?? 0) + 1)
  expect((await said())[0]).toBe(
    `✗ secrets: they belong to another user: chown them, or use that user (${secretsFile(home)})`,
  )
})

test.each([
  ['git version 2.37.9', false],
  ['git version 1.99.0', false],
  ['git version 2.38.0', true],
  ['git version 2.100.0 (Apple Git-1)', true],
  ['git version 3.0.0', true],
  ['something else', false],
])('%s is new enough: %s', async (version, enough) => {
  gitSays(version)
  const [, git] = await said()
  expect(git).toBe(
    enough ? `✓ git: ${version}` : `✗ git: ${version} is too old; git 2.38 or newer is needed: apt-get install -y git`,
  )
})

test('without git it is said which one is needed', async () => {
  gitSays(null)
  expect((await said())[1]).toBe('✗ git: it was not found; git 2.38 or newer is needed: apt-get install -y git')
})
