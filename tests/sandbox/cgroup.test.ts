import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { candidates, openCgroup, ownGroups, sweepCgroups } from '../../lib/adapters/sandbox/cgroup.ts'
import { DEFAULT_LIMITS } from '../../lib/domain/sandbox.ts'
import { isRoot } from './lab.ts'

const limits = { ...DEFAULT_LIMITS, memoryBytes: 64 * 1024 ** 2, processes: 32 }

describe('where groups may be made', () => {
  it.each([
    [
      'version 1, below our own group first',
      '4:memory:/service\n3:cpu,cpuacct:/\n2:pids:/other\n0::/\n',
      [
        { version: 1, memory: '/cg/memory/service', pids: '/cg/pids/other' },
        { version: 1, memory: '/cg/memory', pids: '/cg/pids' },
      ],
    ],
    [
      'version 2, our own group and the one that holds it',
      '0::/system.slice/nightshift.service\n',
      ['/cg/system.slice/nightshift.service', '/cg/system.slice'].map((at) => ({ version: 2, memory: at, pids: at })),
    ],
    ['version 2 in a namespace of its own', '0::/\n', [{ version: 2, memory: '/cg', pids: '/cg' }]],
  ])('%s', (_, self, expected) => {
    const clean = (path: string) => path.replace(/\/$/, '')
    const found = candidates(self, '/cg').map((place) => ({
      ...place,
      memory: clean(place.memory),
      pids: clean(place.pids),
    }))
    expect(found).toEqual(expected)
  })
})

/** A folder of plain files stands in for a version 2 hierarchy: the names and the words are the kernel's. */
describe('a version 2 group', () => {
  let folder: string
  const place = () => ({ version: 2 as const, memory: folder, pids: folder })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ns-sandbox-cgroup-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('gets its limits, and reports processes killed for want of memory', async () => {
    await writeFile(join(folder, 'cgroup.subtree_control'), 'cpu memory pids')
    const group = await openCgroup([place()], 'nightshift-1-2', limits)
    const at = (name: string) => join(folder, 'nightshift-1-2', name)
    expect(await readFile(at('memory.max'), 'utf8')).toBe('67108864')
    expect(await readFile(at('memory.swap.max'), 'utf8')).toBe('0')
    expect(await readFile(at('pids.max'), 'utf8')).toBe('32')
    expect(group?.procs).toEqual([at('cgroup.procs')])
    expect(await group?.oomKills()).toBe(0)
    await writeFile(at('memory.events'), 'low 0\nmax 3\noom 1\noom_kill 2\n')
    expect(await group?.oomKills()).toBe(2)
  })

  it('is not made where the controllers stay off', async () => {
    await mkdir(join(folder, 'cgroup.subtree_control'))
    expect(await openCgroup([place()], 'nightshift-1-2', limits)).toBeNull()
    expect(await readdir(folder)).toEqual(['cgroup.subtree_control'])
  })

  it('is not half made', async () => {
    await writeFile(join(folder, 'cgroup.subtree_control'), 'memory pids')
    await mkdir(join(folder, 'nightshift-1-2'))
    expect(await openCgroup([place()], 'nightshift-1-2', limits)).toBeNull()
  })
})

it('no place, no group', async () => {
  expect(await openCgroup([], 'nightshift-1-2', limits)).toBeNull()
})

describe.runIf(isRoot)('a group of this machine', () => {
  it('holds its processes to the limits and goes with them', async () => {
    const places = candidates(await ownGroups())
    const group = await openCgroup(places, `nightshift-${process.pid}-1`, limits)
    if (!group) throw new Error('no group could be made')
    const pids = await readFile(group.procs.at(-1)?.replace('cgroup.procs', 'pids.max') ?? '', 'utf8')
    expect(pids.trim()).toBe('32')
    const join = group.procs.map((path) => `echo $$ > ${path}; `).join('')
    const child = spawn('/bin/sh', ['-c', `${join} exec sleep 50`], { stdio: 'ignore' })
    await once(child, 'spawn')
    await expect.poll(() => readFile(group.procs[0] ?? '', 'utf8')).toContain(String(child.pid))
    const gone = once(child, 'exit')
    await group.remove()
    expect(await gone).toEqual([null, 'SIGKILL'])
    for (const path of group.procs) await expect(stat(path)).rejects.toThrow('ENOENT')
  })

  it('is swept when its maker is gone, and kept when it is not', async () => {
    const places = candidates(await ownGroups())
    const left = await openCgroup(places, `nightshift-${2 ** 30}-1`, limits)
    const kept = await openCgroup(places, `nightshift-${process.pid}-2`, limits)
    await sweepCgroups(places)
    await expect(stat(left?.procs[0] ?? '')).rejects.toThrow('ENOENT')
    await stat(kept?.procs[0] ?? '')
    await kept?.remove()
  })
})
