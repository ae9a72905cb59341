import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeHome } from '../../cli/home.ts'
import { loadSecrets, secretsFile } from '../../cli/secrets.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ns-secrets-'))
  await makeHome(home)
})
afterEach(() => rm(home, { recursive: true, force: true }))

it('makes a password people can type and secrets long enough', async () => {
  const secrets = await loadSecrets(home)
  expect(secrets.ownerPassword).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/)
  expect(secrets.sessionSecret.length).toBeGreaterThanOrEqual(64)
  expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length)
  for (const secret of Object.values(secrets)) expect(secret.length).toBeGreaterThanOrEqual(16)
})

it('keeps them for the next start, and shares none with another installation', async () => {
  const first = await loadSecrets(home)
  expect(await loadSecrets(home)).toEqual(first)
  const other = await mkdtemp(join(tmpdir(), 'ns-secrets-'))
  await makeHome(other)
  const second = await loadSecrets(other)
  for (const [name, secret] of Object.entries(first)) expect(second).not.toHaveProperty(name, secret)
  await rm(other, { recursive: true })
})

it('lets only the owner read them, also where somebody had opened the file', async () => {
  await loadSecrets(home)
  const modeOf = async () => (await stat(secretsFile(home))).mode & 0o777
  expect(await modeOf()).toBe(0o600)
  await chmod(secretsFile(home), 0o644)
  await loadSecrets(home)
  expect(await modeOf()).toBe(0o600)
})

it('begins again after a first start that was cut off while writing', async () => {
  await writeFile(`${secretsFile(home)}.4711.new`, '{"ownerPassw')
  const secrets = await loadSecrets(home)
  expect(await loadSecrets(home)).toEqual(secrets)
})

it('leaves no half-written file beside the good one', async () => {
  await loadSecrets(home)
  expect(await readdir(join(home, 'secrets'))).toEqual(['secrets.json'])
})

it('adds a secret that a later version knows and changes none of the others', async () => {
  const first = await loadSecrets(home)
  const { salt: _, ...older } = first
  await writeFile(secretsFile(home), JSON.stringify(older))
  const second = await loadSecrets(home)
  expect(second).toEqual({ ...first, salt: second.salt })
  expect(second.salt).not.toBe(first.salt)
})

it('never replaces a damaged file: the database would be locked for ever', async () => {
  await writeFile(secretsFile(home), '{"ownerPassw')
  await expect(loadSecrets(home)).rejects.toThrow('is damaged')
  expect(await readFile(secretsFile(home), 'utf8')).toBe('{"ownerPassw')
})
