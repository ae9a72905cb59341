import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Sources, stageAll, systemPaths } from '../../lib/adapters/sandbox/stage.ts'

const COMPILE = join(import.meta.dirname, '../../lib/adapters/sandbox/compile.mjs')

describe('our copies for the inside', () => {
  let folder: string
  let sources: Sources
  const write = async (path: string, text: string, mode = 0o600) => {
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 })
    await writeFile(join(folder, path), text, { mode })
  }
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ns-sandbox-stage-'))
    await write('node/bin/node', 'the interpreter', 0o700)
    await write('npm/package.json', '{"version":"1.0.0"}')
    await write('npm/bin/npm-cli.js', 'the manager')
    await write('app/lib/harness/main.ts', 'export const main: number = 1')
    await write('app/lib/policy/decision.ts', 'export {}')
    await write('app/lib/adapters/sandbox/compile.mjs', await readFile(COMPILE, 'utf8'))
    await write('app/.env', 'SECRET=x')
    await write('app/node_modules/typescript/package.json', '{"version":"5.0.0"}')
    sources = {
      home: join(folder, 'home'),
      toolchain: join(folder, 'node'),
      npm: join(folder, 'npm'),
      programs: join(folder, 'app'),
    }
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('can be read by everyone, though the checkout cannot', async () => {
    const stage = await stageAll(sources, 'x64')
    expect(await readFile(join(stage.programs, 'harness/main.js'), 'utf8')).toBe('export const main         = 1')
    for (const path of [stage.programs, join(stage.programs, 'harness'), join(stage.node, 'bin/node')]) {
      expect(((await stat(path)).mode & 0o777).toString(8)).toBe('755')
    }
    expect(((await stat(join(stage.programs, 'harness/main.js'))).mode & 0o777).toString(8)).toBe('644')
    expect(await readFile(join(stage.node, 'bin/npm'), 'utf8')).toBe('the manager')
  })

  it('hold our programs and nothing else of the checkout, least of all what decides', async () => {
    const stage = await stageAll(sources, 'x64')
    expect(await readdir(stage.programs)).toEqual(['adapters', 'harness', 'package.json'])
  })

  it('are made once, by whoever is first, and anew when a program changes', async () => {
    const stages = await Promise.all([1, 2, 3].map(() => stageAll(sources, 'x64')))
    const [first] = stages
    for (const stage of stages) expect(stage).toEqual(first)
    expect(await readdir(join(sources.home, 'toolchain'))).toHaveLength(4)
    await write('app/lib/harness/main.ts', 'export const changed = 1')
    const later = await stageAll(sources, 'x64')
    expect(later).toMatchObject({ node: first?.node, typescript: first?.typescript, etc: first?.etc })
    expect(await readFile(join(later.programs, 'harness/main.js'), 'utf8')).toContain('changed')
  })

  it('give the guest an account and a name server of its own', async () => {
    const { etc } = await stageAll(sources, 'x64')
    expect(await readFile(join(etc, 'passwd'), 'utf8')).toMatch(/^agent:x:1000:/m)
    expect(await readFile(join(etc, 'resolv.conf'), 'utf8')).toContain('192.0.2.1')
  })

  it('have no filter on a machine without a table', async () => {
    expect((await stageAll(sources, 'riscv64')).seccomp).toBeNull()
    expect((await stageAll(sources, 'x64')).seccomp).toContain('seccomp.bpf')
  })

  it('are not half made when something is missing', async () => {
    await rm(join(folder, 'npm'), { recursive: true })
    await expect(stageAll(sources, 'x64')).rejects.toThrow('npm is not installed')
    await rm(join(folder, 'node'), { recursive: true })
    await expect(stageAll(sources, 'x64')).rejects.toThrow()
    await chmod(folder, 0o700)
    const staged = await readdir(join(sources.home, 'toolchain'))
    expect(staged.filter((name) => name.startsWith('node'))).toEqual([])
  })
})

it('the host shows its programs, never all of /usr', async () => {
  const paths = (await systemPaths()).map(({ path }) => path)
  expect(paths).toContain('/usr/bin')
  for (const path of ['/usr', '/usr/local', '/usr/src', '/etc', '/home', '/root', '/var', '/opt']) {
    expect(paths).not.toContain(path)
  }
})
