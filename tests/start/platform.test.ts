import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newParts, type Parts } from '../../cli/parts.ts'
import { readyPort, startPlatform } from '../../cli/stack/platform.ts'
import { platformApi } from '../../cli/stack/platformApi.ts'

describe('starting the platform', () => {
  let root: string
  let parts: Parts
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'ns-platform-'))
    await mkdir(join(root, 'platform'))
    parts = newParts(() => undefined)
  })
  afterEach(async () => {
    await parts.stop()
    await rm(root, { recursive: true, force: true })
  })

  async function start(program: string) {
    await writeFile(join(root, 'platform/main.ts'), program)
    const token = 't'.repeat(32)
    return startPlatform({ checkout: root, home: join(root, 'home'), port: 4100, token, toolchain: '/opt/node' }, parts)
  }

  it('waits until it says that it is up, and tells it where it lives', async () => {
    const program = `import { writeFileSync } from 'node:fs'
      writeFileSync(${JSON.stringify(join(root, 'env.json'))}, JSON.stringify(process.env))
      console.log('a word before'); setTimeout(() => console.log('{"ready":true,"port":4101}'), 50); setInterval(() => {}, 1000)`
    expect(await start(program)).toEqual({ url: 'http://127.0.0.1:4101', token: 't'.repeat(32) })
    const env = JSON.parse(await readFile(join(root, 'env.json'), 'utf8')) as Record<string, string>
    expect(env).toMatchObject({
      PLATFORM_HOME: join(root, 'home/platform'),
      PLATFORM_PORT: '4100',
      PLATFORM_TOKEN: 't'.repeat(32),
      PLATFORM_RUNTIME_DIR: '/opt/node',
    })
    expect(Object.keys(env).filter((name) => /VITEST|SECRET|DATABASE/.test(name))).toEqual([])
  })

  it('shows what it said where it ends instead', async () => {
    const program = `console.log('{"ready":false,"problems":["no bubblewrap"]}'); process.exit(1)`
    await expect(start(program)).rejects.toThrow(/The local platform did not start: it ended with 1\..*no bubblewrap/s)
  })
})

it.each([
  ['{"ready":true,"port":4100}', 4100],
  ['{"ready":false,"port":4100}', null],
  ['{"ready":true}', null],
  ['{"ready":true,"port":"4100"}', null],
  ['null', null],
  ['ready', null],
])('reads %s as %s', (line, port) => {
  expect(readyPort(line)).toBe(port)
})

describe('asking the platform', () => {
  let server: Server
  let asked: { method?: string; url?: string; authorization?: string; body: string }[]
  let answers: { status: number; json: unknown }[]
  beforeEach(async () => {
    asked = []
    answers = []
    server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      asked.push({ method: request.method, url: request.url, authorization: request.headers.authorization, body })
      const answer = answers.shift() ?? { status: 500, json: { error: { code: 'unexpected', message: 'unexpected' } } }
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => server.close())

  const api = () =>
    platformApi({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'secret' }, 'clinic')
  const deployment = (state: string, why: string | null = null) => ({ id: 'd1', sha: 'a'.repeat(40), state, why })

  it('waits for a build', async () => {
    answers.push({ status: 202, json: deployment('building') }, { status: 200, json: deployment('building') })
    answers.push({ status: 200, json: deployment('ready') })
    expect(await api().deploy('a'.repeat(40), 'staging', 'first')).toBe('d1')
    expect(asked[0]).toEqual({
      method: 'POST',
      url: '/apps/clinic/deployments',
      authorization: 'Bearer secret',
      body: JSON.stringify({ sha: 'a'.repeat(40), environment: 'staging', key: 'first' }),
    })
    expect(asked[2]?.url).toBe('/apps/clinic/deployments/d1')
  })

  it('says why a build failed', async () => {
    answers.push(
      { status: 202, json: deployment('building') },
      { status: 200, json: deployment('failed', 'npm ci ended with 1') },
    )
    await expect(api().deploy('a'.repeat(40), 'production', 'first')).rejects.toThrow(
      'to production: npm ci ended with 1',
    )
  })

  it('knows that nothing serves yet', async () => {
    answers.push({ status: 404, json: { error: { code: 'not_found', message: 'nothing' } } })
    expect(await api().serving('production')).toBe(null)
  })

  it.each([409, 404])('does not take %i for a promotion', async (status) => {
    answers.push({ status, json: { error: { code: 'moved', message: 'moved' } } })
    await expect(api().promote('production', 'd1', null)).rejects.toThrow(`answered ${status}`)
  })

  it('passes on what the platform says of a failure', async () => {
    answers.push({ status: 400, json: { error: { code: 'bad', message: 'no such repository' } } })
    const target = { port: 3001, env: {} }
    await expect(api().put('/r', { production: target, staging: target })).rejects.toThrow('no such repository')
  })
})
