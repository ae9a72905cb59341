import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { candidates, ownGroups } from '../../lib/adapters/sandbox/cgroup.ts'
import { exactly } from '../../lib/adapters/sandbox/environment.ts'
import { eventually, isRoot, openLab, project, running, toolchain } from './lab.ts'

async function groupsOf(pid: number | undefined): Promise<string[]> {
  const folders = new Set(candidates(await ownGroups()).flatMap(({ memory, pids }) => [memory, pids]))
  const names = await Promise.all([...folders].map((folder) => readdir(folder).catch(() => [])))
  return names.flat().filter((name) => name.startsWith(`nightshift-${pid}-`))
}

let lab: Awaited<ReturnType<typeof openLab>>
beforeAll(async () => {
  lab = await openLab()
})
afterAll(() => lab.close())

it('a killed Nightshift leaves no process, and its next start sweeps what it left', { timeout: 120_000 }, async () => {
  const seconds = `7${process.pid}.25`
  const words = [join(import.meta.dirname, 'crash.ts'), lab.home, toolchain, project, seconds]
  const child = spawn(process.execPath, words, { env: exactly({}), stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await once(child.stdout, 'data')
    expect(await eventually(async () => (await running(`sleep\0${seconds}`)).length === 2)).toBe(true)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await eventually(async () => (await running(`\0${seconds}\0`)).length === 0)).toBe(true)
    expect(await lab.slots()).toHaveLength(1)
    expect((await groupsOf(child.pid)).length > 0).toBe(isRoot)

    expect(await lab.start().selfTest()).toMatchObject({ ok: true })
    expect(await lab.slots()).toEqual([])
    expect(await groupsOf(child.pid)).toEqual([])
  } finally {
    child.kill('SIGKILL')
  }
})

it('a run stopped for time leaves no process', async () => {
  const sandbox = lab.start()
  await sandbox.selfTest()
  const seconds = `8${process.pid}.25`
  const argv = ['sh', '-c', 'setsid sleep "$1" & (setsid sleep "$1" &); exec sleep "$1"', 'sh', seconds]
  expect(await sandbox.run({ files: [], argv, limits: { wallMs: 2_000 } })).toMatchObject({ end: 'timed-out' })
  expect(await running(`\0${seconds}\0`)).toEqual([])
})

it.runIf(isRoot)('gives each run a uid of its own, and none of them root', async () => {
  const sandbox = lab.start()
  await sandbox.selfTest()
  const seconds = `6${process.pid}.25`
  const runs = [1, 2].map(() => sandbox.run({ files: [], argv: ['/bin/sleep', seconds], limits: { wallMs: 5_000 } }))
  expect(await eventually(async () => (await uidsOf(`/bin/sleep\0${seconds}\0`)).length === 2)).toBe(true)
  const uids = await uidsOf(`/bin/sleep\0${seconds}\0`)
  expect(new Set(uids).size).toBe(2)
  for (const uid of uids) expect(Math.floor(uid / 1000)).toBe(62)
  await Promise.all(runs)
})

async function uidsOf(line: string): Promise<number[]> {
  const uids: number[] = []
  for (const pid of await readdir('/proc')) {
    const found = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (found === line) uids.push((await stat(`/proc/${pid}`)).uid)
  }
  return uids
}

it('keeps a descriptor that we inherited away from the inside', async () => {
  const secret = join(lab.home, 'secret')
  await writeFile(secret, 'canary')
  const handle = await open(secret)
  try {
    const guest = "const { readlinkSync } = require('node:fs'); console.log(readlinkSync('/proc/self/fd/40'))"
    const program = `import { bubblewrap } from '${join(project, 'lib/adapters/sandbox.bubblewrap.ts')}'
      const sandbox = bubblewrap(${JSON.stringify(lab.options)})
      await sandbox.selfTest()
      console.log((await sandbox.run({ files: [], argv: ['node', '-e', ${JSON.stringify(guest)}] })).stdout)`
    // Above the first sixteen, which Node itself closes for its children.
    const stdio: ('ignore' | 'pipe' | number)[] = Array.from({ length: 41 }, () => 'ignore')
    stdio[1] = 'pipe'
    stdio[40] = handle.fd
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { env: exactly({}), stdio })
    const chunks: Buffer[] = (await child.stdout?.toArray()) ?? []
    expect(Buffer.concat(chunks).toString().trim()).toBe('/dev/null')
  } finally {
    await handle.close()
  }
})
