import { afterEach, expect, test } from 'vitest'
import { openInstances } from '../instances.ts'
import { openRouters, type Routers } from '../router.ts'
import { openTraffic } from '../traffic.ts'
import { openTrafficFile } from '../traffic-file.ts'
import { read } from './harness.ts'
import { openWorkbench, type Workbench } from './machine.ts'

let bench: Workbench
let routers: Routers
afterEach(() => {
  routers.close()
  bench.end()
})

async function open(): Promise<void> {
  bench = await openWorkbench()
  const { store, folders } = bench.machine
  const traffic = openTraffic(openTrafficFile(folders.traffic), () => new Date())
  routers = openRouters(store, openInstances(bench.machine), traffic)
}

test('a target has one address, however many ask for it at once', async () => {
  await open()
  const asked = Array.from({ length: 5 }, () => routers.listen('shop', 'production', 0))
  const ports = new Set(await Promise.all(asked))
  expect(ports.size).toBe(1)
  expect(await routers.listen('shop', 'staging', 0)).not.toBe([...ports][0])
})

test('a taken port is refused, and the next one who asks is still answered', async () => {
  await open()
  const port = await routers.listen('shop', 'production', 0)
  await expect(routers.listen('shop', 'staging', port)).rejects.toThrow('EADDRINUSE')
  expect(await routers.listen('shop', 'staging', 0)).toBeGreaterThan(0)
  expect(await routers.listen('shop', 'production', port)).toBe(port)
})

test('before anything is deployed a target says so', async () => {
  await open()
  const port = await routers.listen('shop', 'production', 0)
  const response = await fetch(`http://127.0.0.1:${port}/`)
  expect([response.status, await response.json()]).toEqual([
    503,
    { error: { code: 'platform-503', message: 'nothing is deployed here yet' } },
  ])
  expect(await read(`http://127.0.0.1:${port}/healthz`)).toBe('503')
})
