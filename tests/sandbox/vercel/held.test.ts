import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { machines } from '../../../lib/adapters/sandbox/vercel/base.ts'
import { openMachine } from '../../../lib/adapters/sandbox/vercel/machine.ts'
import { DENY_ALL } from '../../../lib/adapters/sandbox/vercel/policy.ts'
import { nameOf, shelf } from '../../../lib/adapters/sandbox/vercel/snapshots.ts'
import { openHouse, whyNoMachines } from './house.ts'

describe.skipIf(await whyNoMachines())('the name of a set', { timeout: 120_000 }, () => {
  let house: Awaited<ReturnType<typeof openHouse>>
  beforeEach(async () => {
    house = await openHouse()
  })
  afterEach(() => house.close())
  /** Another process, which remembers nothing of this one. */
  const another = (name: string) => {
    const shop = house.shop()
    return machines({ ...shop, shelf: shelf(shop.account, join(house.home, name)) })
  }
  const kept = () => house.host.service.snapshots.filter(({ status }) => status === 'created').length

  it('is waited for while another process makes it: two that begin at once make one', async () => {
    const [one, other] = await Promise.all([another('one').ready(), another('other').ready()])
    expect(one).toEqual(other)
    expect([house.host.service.made, kept()]).toEqual([1, 1])
  })

  it('is free again when whoever was making it was killed, and its machine’s time is over', async () => {
    const { key } = await another('first').ready()
    await house.host.service.forget(house.host.service.snapshots[0]!)
    await rm(house.home, { recursive: true, force: true })
    const { account, image } = house.shop()
    const from = { image }
    // What a killed process leaves: at work, under the set's name, and nobody's.
    const left = await openMachine(account, { name: nameOf(key), from, policy: DENY_ALL, timeoutMs: 5000 })
    expect(left.sandbox.status).toBe('running')
    const began = performance.now()
    expect((await another('second').ready()).key).toBe(key)
    expect(performance.now() - began).toBeGreaterThan(2000)
    expect([house.host.service.made, kept()]).toEqual([3, 1])
  })

  it('and a machine lives longer by what it is given, and no longer', async () => {
    const { account, image } = house.shop()
    const plan = { name: 'held', from: { image }, policy: DENY_ALL, timeoutMs: 1500 }
    const { session } = await openMachine(account, plan)
    await session.extendTimeout(1500)
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(house.host.service.running()).toHaveLength(1)
    await new Promise((resolve) => setTimeout(resolve, 1800))
    expect(house.host.service.running()).toHaveLength(0)
  })
})
