import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { machines } from '../../../lib/adapters/sandbox/vercel/base.ts'
import { probeNetwork } from '../../../lib/adapters/sandbox/vercel/probe.ts'
import { project } from '../lab.ts'
import { openHouse, whyNoMachines } from './house.ts'

const why = await whyNoMachines()

describe.skipIf(why)('the self-test of a machine', { timeout: 300_000 }, () => {
  let house: Awaited<ReturnType<typeof openHouse>>
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  it('finds a firewall that does not do what it says', async () => {
    const server = createServer((_, response) => response.end('here'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const probe = async () => (await probeNetwork(machines(house.shop()), [url])).map(({ contained }) => contained)
    try {
      expect(await probe()).toEqual([true, true, true])
      house.host.service.firewall = 'off'
      expect(await probe()).toEqual([true, false, true])
    } finally {
      house.host.service.firewall = 'on'
      server.close()
    }
  })

  it('finds a secret that the service puts into every machine', async () => {
    house.host.service.environment = { SERVICE_TOKEN: 'x', CI: '1' }
    try {
      const found = (await probeNetwork(machines(house.shop()), [])).at(-1)
      expect(found).toEqual({ name: 'environment of the machine', contained: false, detail: 'SERVICE_TOKEN' })
      // The guest is not shown it all the same.
      const sandbox = house.start()
      expect((await sandbox.selfTest()).probes).toContainEqual(
        expect.objectContaining({ name: 'environment', contained: true }),
      )
      await expect(sandbox.run({ files: [], argv: ['sh'] })).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' })
    } finally {
      house.host.service.environment = {}
    }
  })

  it.each([
    ['a refused login', { token: 'another' }, 'Vercel refused the login.', 'VERCEL_TOKEN'],
    ['no answer', { url: 'http://127.0.0.1:9' }, 'Vercel does not answer.', 'vercel.com'],
  ])('says what to do about %s', async (_, other, reason, remedy) => {
    const sandbox = house.start(other)
    const answer = await sandbox.selfTest()
    expect(answer).toMatchObject({ ok: false, boundary: 'none', why: expect.stringContaining(reason) })
    expect(answer).toMatchObject({ remedy: expect.stringContaining(remedy) })
    await expect(sandbox.install([], 'npm ci')).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' })
  })
})

it('refuses an image that has not what it takes, by name', async () => {
  const prepare = join(project, 'lib/adapters/sandbox/vercel/guest/prepare.sh')
  const env = { PATH: '/nonexistent' } as Record<string, string> as NodeJS.ProcessEnv
  const made = promisify(execFile)('/bin/sh', [prepare, '/nonexistent', '/nonexistent'], { env })
  await expect(made).rejects.toMatchObject({ code: 3, stderr: 'missing in the machine: mount\n' })
})
