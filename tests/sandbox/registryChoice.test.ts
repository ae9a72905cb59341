import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resolveRegistry } from '../../lib/adapters/sandbox/registry/choice.ts'

describe('which registry', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ns-sandbox-registry-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is the configured one, trusted by the configured certificates', async () => {
    const cafile = join(folder, 'ca.pem')
    await writeFile(cafile, 'certificates')
    const registry = await resolveRegistry({ url: 'https://packages.example/', cafile }, folder)
    expect(registry).toEqual({ url: 'https://packages.example/', ca: 'certificates' })
  })

  it('is not guessed when the configured certificates cannot be read', async () => {
    const cafile = join(folder, 'missing.pem')
    await expect(resolveRegistry({ url: 'https://packages.example/', cafile }, folder)).rejects.toThrow(cafile)
  })

  it('is what npm answers when none is configured', async () => {
    await mkdir(join(folder, 'bin'))
    await mkdir(join(folder, 'lib/node_modules/npm/bin'), { recursive: true })
    await symlink(process.execPath, join(folder, 'bin/node'))
    const program = "console.log(process.argv.slice(2).join() === 'config,get,registry' ? 'https://own.example/' : '')"
    await writeFile(join(folder, 'lib/node_modules/npm/bin/npm-cli.js'), program)
    await chmod(folder, 0o755)
    expect((await resolveRegistry(undefined, folder)).url).toBe('https://own.example/')
  })
})
