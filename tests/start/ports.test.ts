import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { freePort, portIsFree, rememberedPort } from '../../cli/ports.ts'

let folder: string
const open: Server[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ns-ports-'))
})
afterEach(async () => {
  for (const server of open.splice(0)) server.close()
  await rm(folder, { recursive: true, force: true })
})

function occupy(port: number, host: string): Promise<void> {
  const server = createServer()
  open.push(server)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

it.each(['127.0.0.1', '0.0.0.0', '::1', '::'])('sees that somebody listens on %s', async (host) => {
  const port = await freePort()
  expect(await portIsFree(port)).toBe(true)
  await occupy(port, host)
  expect(await portIsFree(port)).toBe(false)
})

it('remembers a port', async () => {
  const file = join(folder, 'ports/platform')
  const first = await rememberedPort(file)
  expect(await rememberedPort(file)).toBe(first)
  expect(await readFile(file, 'utf8')).toBe(`${first}\n`)
})

it('takes another one where the remembered one is taken, and remembers that', async () => {
  const file = join(folder, 'port')
  const first = await rememberedPort(file)
  await occupy(first, '127.0.0.1')
  const second = await rememberedPort(file)
  expect(second).not.toBe(first)
  expect(await rememberedPort(file)).toBe(second)
})

it('prefers a wanted port at first, and goes elsewhere where that is taken', async () => {
  const wanted = await freePort()
  expect(await rememberedPort(join(folder, 'one'), wanted)).toBe(wanted)
  await occupy(wanted, '127.0.0.1')
  expect(await rememberedPort(join(folder, 'two'), wanted)).not.toBe(wanted)
})
