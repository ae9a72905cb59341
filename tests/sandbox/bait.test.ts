import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { layBait } from '../../lib/adapters/sandbox/bait.ts'

describe('what a self-test lays out', () => {
  let home: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'ns-sandbox-bait-'))
  })
  afterEach(() => rm(home, { recursive: true, force: true }))

  it('notices who comes, by either door', async () => {
    const bait = await layBait(home)
    for (const where of [{ port: bait.port, host: '127.0.0.1' }, { path: `\0${bait.abstract}` }]) {
      await new Promise<void>((resolve, reject) => {
        const socket = connect(where, () => resolve(socket.destroy() && undefined)).on('error', reject)
      })
    }
    await expect.poll(bait.reached).toBe(2)
    await bait.remove()
  })

  it('notices a changed canary, and takes all of them away', async () => {
    const bait = await layBait(home)
    expect(await bait.intact()).toBe(true)
    await writeFile(bait.canaries[0] ?? '', 'changed')
    expect(await bait.intact()).toBe(false)
    await bait.remove()
    expect(await readdir(home)).toEqual([])
  })

  it('takes away what a killed self-test left, and nothing else', async () => {
    for (const name of [`nightshift-canary-${2 ** 30}-a`, `nightshift-canary-${process.pid}-b`, 'nightshift-notes']) {
      await writeFile(join(home, name), 'x')
    }
    const bait = await layBait(home)
    await bait.remove()
    expect((await readdir(home)).sort()).toEqual([`nightshift-canary-${process.pid}-b`, 'nightshift-notes'])
  })
})
