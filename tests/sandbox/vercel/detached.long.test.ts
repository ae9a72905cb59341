import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulators/trouble.ts'
import type { vercel } from '../../../lib/adapters/sandbox.vercel.ts'
import { openHouse, whyNoMachines } from './house.ts'

const CREATE = /^POST \/v3\/sandboxes$/
const START = /^POST .*\/cmd$/
const READ = /fs\/read$/
const GET = /^GET \/v\d\/sandboxes\//

describe.skipIf(await whyNoMachines())('runs that outlast whoever started them', { timeout: 300_000 }, () => {
  let house: Awaited<ReturnType<typeof openHouse>>
  let before: ReturnType<typeof vercel>
  let ids = 0
  const nextId = () => `run${++ids}`.padEnd(32, '0')
  /** Another process: it knows nothing but the account, and has tested its sandbox. */
  const another = async () => {
    const sandbox = house.start()
    expect((await sandbox.selfTest()).ok).toBe(true)
    return sandbox
  }
  const sleeps = { files: [{ path: 'a', bytes: Buffer.from('from a file') }], argv: ['sh', '-c', 'sleep 2; cat a'] }
  beforeAll(async () => {
    house = await openHouse()
    before = await another()
  }, 300_000)
  afterEach(() => {
    house.host.faults.length = 0
    expect(house.host.service.running()).toEqual([])
  })
  afterAll(() => house.close())

  it('is started by one process, looked after by another, and runs once', async () => {
    const id = nextId()
    await before.detached.start(id, sleeps)
    expect(await before.detached.look(id, 0)).toBe('running')
    const { detached } = await another()
    await detached.start(id, sleeps)
    expect(house.host.service.running()).toHaveLength(1)
    const result = await detached.look(id, 60_000)
    expect(result).toMatchObject({ end: 'exited', exit: 0, stdout: 'from a file', egress: 0 })
    expect(await detached.look(id, 0)).toEqual(result)
    await detached.drop(id)
    expect(await detached.look(id, 0)).toBe('none')
  })

  it('nothing is known of an id nobody started', async () => {
    expect(await before.detached.look(nextId(), 1000)).toBe('none')
    await before.detached.drop(nextId())
  })

  it('nothing is started where no self-test was made', async () => {
    await expect(house.start().detached.start(nextId(), sleeps)).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' })
  })

  it.each<[string, RegExp, Fault['what'], number]>([
    ['no answer after a machine is made', CREATE, { kind: 'lost' }, 1],
    ['an error after a machine is made', CREATE, { kind: 'after', status: 502 }, 1],
    ['no answer to a start', START, { kind: 'lost' }, 2],
    ['a report that breaks off', READ, { kind: 'cut' }, 1],
    ['errors while it is looked for', GET, { kind: 'before', status: 500 }, 1],
  ])('is done once in spite of %s', async (_, on, what, times) => {
    const id = nextId()
    const { made } = house.host.service
    house.host.faults.push({ on, times, what })
    for (let tries = 0; tries < 3; tries++)
      if (
        await before.detached.start(id, sleeps).then(
          () => true,
          () => false,
        )
      )
        break
    let result: unknown = 'running'
    for (let tries = 0; tries < 5 && typeof result !== 'object'; tries++)
      result = await before.detached.look(id, 20_000).catch(() => 'running')
    expect(result).toMatchObject({ end: 'exited', stdout: 'from a file' })
    await before.detached.drop(id)
    expect(house.host.service.made).toBe(made + 1)
  })

  it('a machine that the service ended says nothing', async () => {
    const id = nextId()
    await before.detached.start(id, { ...sleeps, argv: ['sh', '-c', 'sleep 60'] })
    await before.detached.drop(id)
    expect(await before.detached.look(id, 1000)).toBe('none')
  })
})
