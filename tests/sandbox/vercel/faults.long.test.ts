import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulators/trouble.ts'
import type { Sandbox } from '../../../lib/world.ts'
import { openHouse, whyNoMachines } from './house.ts'

const CREATE = /^POST \/v3\/sandboxes$/
const WRITE = /fs\/write$/
const START = /^POST .*\/cmd$/
const WAIT = /^GET .*\/cmd\//
const READ = /fs\/read$/
const STOP = /\/stop$/
const DELETE = /^DELETE /
const hello = { files: [], argv: ['sh', '-c', 'echo hello'] }

describe.skipIf(await whyNoMachines())('a service in trouble', { timeout: 300_000 }, () => {
  let house: Awaited<ReturnType<typeof openHouse>>
  let sandbox: Sandbox
  const trouble = (...faults: Fault[]) => house.host.faults.push(...faults)
  beforeAll(async () => {
    house = await openHouse()
    sandbox = house.start()
    expect(await sandbox.selfTest()).toEqual({ ok: true, boundary: expect.any(String), probes: expect.any(Array) })
  }, 300_000)
  afterEach(() => {
    house.host.faults.length = 0
    // Whatever happened: nothing that costs money is left.
    expect(house.host.service.running()).toEqual([])
  })
  afterAll(() => house.close())

  it.each<[string, RegExp, Fault['what'], number]>([
    ['a limit that soon ends', CREATE, { kind: 'limit', seconds: 1 }, 1],
    ['an error before a machine is made', CREATE, { kind: 'before', status: 500 }, 1],
    ['an error after a machine is made', CREATE, { kind: 'after', status: 502 }, 1],
    ['no answer after a machine is made', CREATE, { kind: 'lost' }, 1],
    ['half an answer after a machine is made', CREATE, { kind: 'cut' }, 1],
    ['an error after an upload', WRITE, { kind: 'after', status: 503 }, 1],
    ['half an answer to an upload', WRITE, { kind: 'cut' }, 1],
    ['an error after a start', START, { kind: 'after', status: 500 }, 1],
    ['no answer to a start', START, { kind: 'lost' }, 1],
    ['half an answer to a start', START, { kind: 'cut' }, 1],
    ['errors while a run goes on', WAIT, { kind: 'before', status: 500 }, 7],
    ['an answer that breaks off while a run goes on', WAIT, { kind: 'cut' }, 2],
    ['a report that breaks off', READ, { kind: 'cut' }, 2],
    ['a slow stop', STOP, { kind: 'slow', ms: 2_000 }, 1],
    ['a stop that fails', STOP, { kind: 'before', status: 500 }, 9],
    ['a removal that fails', DELETE, { kind: 'before', status: 500 }, 9],
  ])('does its work in spite of %s', async (_, on, what, times) => {
    const made = house.host.service.made
    trouble({ on, times, what })
    expect(await sandbox.run(hello)).toMatchObject({ end: 'exited', exit: 0, stdout: 'hello\n', egress: 0 })
    expect(house.host.service.made).toBe(made + 1)
  })

  it.each<[string, RegExp, Fault['what'], RegExp]>([
    ['a long limit', CREATE, { kind: 'limit', seconds: 60 }, /creating a machine: .*429/],
    ['a refused login', CREATE, { kind: 'before', status: 403 }, /creating a machine: .*403/],
    ['errors without an end', CREATE, { kind: 'before', status: 500 }, /creating a machine: .*500/],
    ['uploads that fail', WRITE, { kind: 'before', status: 500 }, /running: .*500/],
    ['starts that fail', START, { kind: 'before', status: 500 }, /running: .*500/],
    ['a report that cannot be read', READ, { kind: 'before', status: 500 }, /running: /],
  ])('says that it is unavailable after %s, and of no test that it failed', async (_, on, what, words) => {
    trouble({ on, times: 99, what })
    const refused = { code: 'SANDBOX_UNAVAILABLE', detail: expect.stringMatching(words) }
    await expect(sandbox.run(hello)).rejects.toMatchObject(refused)
  })

  it('ends a run whose machine ended as killed, and takes it for one that may have reached out', async () => {
    const end = async () => {
      for (const one of house.host.service.running()) await house.host.service.stop(one)
    }
    setTimeout(() => void end(), 2_500)
    const result = await sandbox.run({ files: [], argv: ['sh', '-c', 'echo begun; sleep 20'] })
    expect(result).toMatchObject({ end: 'killed', exit: null, egress: 1, stdout: '' })
  })

  it.each(['allow-all', 'nothing'] as const)(
    'runs nothing where the service says %s of its network',
    async (claims) => {
      house.host.service.claims = claims
      try {
        const started = house.host.log.filter(({ path }) => path.endsWith('/cmd')).length
        const refused = { code: 'SANDBOX_UNAVAILABLE', detail: expect.stringContaining('network policy') }
        await expect(sandbox.run(hello)).rejects.toMatchObject(refused)
        expect(house.host.log.filter(({ path }) => path.endsWith('/cmd'))).toHaveLength(started)
      } finally {
        house.host.service.claims = 'truth'
      }
    },
  )
})
