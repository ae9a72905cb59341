import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isAlive, startedAt } from '../../lib/adapters/sandbox/alive.ts'
import { locked } from '../../lib/adapters/sandbox/budget/lock.ts'
import { claimSlot, freeSlot, sweepSlots, UIDS } from '../../lib/adapters/sandbox/slot.ts'
import { isRoot } from './lab.ts'

let work: string
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'ns-sandbox-work-'))
})
afterEach(() => rm(work, { recursive: true, force: true }))

describe('slots', () => {
  it('are never shared', async () => {
    const slots = await Promise.all(Array.from({ length: 40 }, () => claimSlot(work, isRoot)))
    expect(new Set(slots.map(({ uid }) => uid)).size).toBe(40)
    for (const { uid } of slots) expect(uid - UIDS.first).toBeGreaterThanOrEqual(0)
    for (const { uid } of slots) expect(uid - UIDS.first).toBeLessThan(UIDS.count)
  })

  it('can be entered by their own uid only', async () => {
    const slot = await claimSlot(work, isRoot)
    const { mode, uid } = await stat(slot.folder)
    expect((mode & 0o777).toString(8)).toBe('700')
    expect(uid).toBe(isRoot ? slot.uid : process.getuid?.())
  })

  it('are removed without following what a guest planted', async () => {
    const outside = join(work, 'outside')
    await mkdir(outside)
    await writeFile(join(outside, 'kept'), 'x')
    const slot = await claimSlot(work, isRoot)
    await symlink(outside, join(slot.files, 'link'))
    await freeSlot(slot)
    expect(await readdir(work)).toEqual(['outside'])
    expect(await readdir(outside)).toEqual(['kept'])
  })

  it('of processes that are gone are swept, those of living ones stay', async () => {
    const mine = await claimSlot(work, isRoot)
    const owners = { '62997': `${2 ** 30} 1`, '62998': `${process.pid} 12345`, '62999': '' }
    for (const [name, owner] of Object.entries(owners)) {
      await mkdir(join(work, name))
      if (owner) await writeFile(join(work, name, 'owner'), `${owner}\n`)
    }
    await mkdir(join(work, 'notes'))
    // While another process sweeps, nothing is read that may be somebody else's by the time it is removed.
    await locked(work, 0, () => sweepSlots(work))
    expect(await readdir(work)).toHaveLength(5)
    await sweepSlots(work)
    // 62998 names our pid with another start time: a later user of the number. 62999 is being made just now.
    expect((await readdir(work)).sort()).toEqual([String(mine.uid), '62999', 'notes'].sort())
  })
})

describe('a process', () => {
  it('is known by its number and its start', async () => {
    const started = await startedAt(process.pid)
    expect(await isAlive(process.pid)).toBe(true)
    expect(await isAlive(process.pid, started ?? '')).toBe(true)
    expect(await isAlive(process.pid, '1')).toBe(false)
    expect(await isAlive(2 ** 30)).toBe(false)
  })
})
