import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clocks, openClocks } from '../../emulators/hosted/clocks.ts'

let heard: string[]
let answers: boolean
let server: Server
let clocks: Clocks
beforeEach(async () => {
  heard = []
  answers = true
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    if (answers) response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  clocks = openClocks(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterEach(async () => {
  await clocks.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const until = async (holds: () => boolean) => {
  for (let tries = 0; !holds() && tries < 200; tries++) await sleep(10)
}

test('each path is asked for again and again, with the secret', async () => {
  clocks.start(['/a', '/b'], 's', 10)
  await until(() => heard.length >= 6)
  expect(heard.filter((call) => call === 'GET /a Bearer s').length).toBeGreaterThan(1)
  expect(heard.filter((call) => call === 'GET /b Bearer s').length).toBeGreaterThan(1)
})

test('a call that is still under way is not made a second time, and does not keep the end waiting', async () => {
  answers = false
  clocks.start(['/a'], 's', 10)
  await until(() => heard.length > 0)
  await sleep(60)
  expect(heard).toHaveLength(1)
  await clocks.close()
})

test('where nobody answers the clock comes again', async () => {
  server.closeAllConnections()
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  clocks.start(['/a'], 's', 10)
  await sleep(60)
  server.listen(port, '127.0.0.1')
  await until(() => heard.length > 0)
  expect(heard.length).toBeGreaterThan(0)
})
