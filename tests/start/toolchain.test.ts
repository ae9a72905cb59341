import { execFile } from 'node:child_process'
import { access, chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { exactly } from '../../cli/env.ts'
import { npmInstallation, toolchain } from '../../cli/toolchain.ts'

const run = promisify(execFile)
const ROOT = process.getuid?.() === 0

let folder: string
const umask = process.umask()
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ns-toolchain-'))
  await chmod(folder, 0o755)
})
afterEach(async () => {
  process.umask(umask)
  await rm(folder, { recursive: true, force: true })
})

/** An npm that tells its version and nothing else. */
async function fakeNpm(at: string, version: string): Promise<string> {
  await mkdir(join(at, 'bin'), { recursive: true })
  await writeFile(join(at, 'package.json'), JSON.stringify({ name: 'npm', version }))
  for (const name of ['npm', 'npx']) {
    await writeFile(join(at, `bin/${name}-cli.js`), `#!/usr/bin/env node\nconsole.log('${name} ${version}')\n`, {
      mode: 0o755,
    })
  }
  return at
}

it('holds a Node and an npm that any user can run, under a strict umask and from a closed folder', async () => {
  process.umask(0o077)
  const npm = await fakeNpm(join(folder, 'closed/npm'), '1.2.3')
  const tools = await toolchain(join(folder, 'home'), process.execPath, npm)
  process.umask(umask)
  await chmod(join(folder, 'home'), 0o711)
  const env = exactly({ PATH: join(tools, 'bin') })
  const who = ROOT ? { uid: 65534, gid: 65534 } : {}
  expect((await run('node', ['--version'], { env, cwd: '/', ...who })).stdout.trim()).toBe(process.version)
  const argv = [join(tools, 'bin/npm')]
  expect((await run(join(tools, 'bin/node'), argv, { env, cwd: '/', ...who })).stdout.trim()).toBe('npm 1.2.3')
})

it('copies once, and anew for another version or after an interrupted copy', async () => {
  const home = join(folder, 'home')
  const npm = await fakeNpm(join(folder, 'npm'), '1.2.3')
  const made = async () => (await stat(join(await toolchain(home, process.execPath, npm), 'lib'))).ino
  const first = await made()
  expect(await made()).toBe(first)
  await fakeNpm(npm, '1.2.4')
  const second = await made()
  expect(second).not.toBe(first)
  await rm(join(home, 'toolchain/node/VERSION'))
  expect(await made()).not.toBe(second)
})

it('takes the real npm of this machine', async () => {
  const npm = await npmInstallation()
  await access(join(npm, 'bin/npm-cli.js'))
})

it('finds npm through links, beside a shim, or as what started us', async () => {
  const npm = await fakeNpm(join(folder, 'lib/node_modules/npm'), '1.2.3')
  const bin = join(folder, 'bin')
  await mkdir(bin)
  await symlink(join(npm, 'bin/npm-cli.js'), join(bin, 'npm'))
  expect(await npmInstallation(['/nonexistent', bin], undefined)).toBe(npm)
  await rm(join(bin, 'npm'))
  await writeFile(join(bin, 'npm'), '#!/bin/sh\n')
  expect(await npmInstallation([bin], undefined)).toBe(npm)
  expect(await npmInstallation([], join(npm, 'bin/npm-cli.js'))).toBe(npm)
})

it('says what to do where there is no npm', async () => {
  await expect(npmInstallation(['/nonexistent'], '')).rejects.toThrow('apt-get install -y npm')
})
