import { writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { selfSigned } from '../../../emulators/git/certificate.ts'
import { gitReader } from '../../../lib/adapters/code.git.ts'
import { farGit } from '../../../lib/adapters/git/far.ts'
import { mirrorOf } from '../../../lib/adapters/git/mirror.ts'
import { ask } from '../../../lib/adapters/isomorphic/http.ts'
import { type Elsewhere, overHttps, overHttpsWithoutGit } from '../../contracts/gitHosts.ts'

/** Repositories and answers that are too much, or that never come. */
type World = Elsewhere & { host: { faults: { on: RegExp; times: number; what: { kind: 'hangs' } }[] } }
let w: World
afterEach(() => w.close())

const AT = '2026-11-20T03:00:00.000Z'
const MB = 1024 * 1024

test('more commits than the library carries are refused in words, before half of them are sent', async () => {
  w = (await overHttpsWithoutGit()) as unknown as World
  const { tree } = await w.actor.commit(w.base)
  let sha = w.base
  for (let i = 0; i <= 1000; i++)
    sha = await w.actor.composeCommit({ parents: [sha], tree, message: `Work ${i}\n`, at: AT })
  await expect(w.actor.push('staging', sha, w.base)).rejects.toMatchObject({
    ...{ code: 'GIT_PROGRAM_MISSING', detail: expect.stringContaining('1000 commits') },
  })
  expect(await w.head('staging')).toBe(w.base)
  const [before] = (await w.actor.commit(sha)).parents
  expect(await w.actor.push('staging', before!, w.base)).toBe('pushed')
})

test('a file above what git may say at once is refused, and the others are read', async () => {
  w = (await overHttps()) as unknown as World
  const sha = w.origin.commit('main', { 'huge.bin': 'x'.repeat(65 * MB) }, 'Huge')
  const files = await w.reader.files(sha)
  const huge = files.find(({ path }) => path === 'huge.bin')!
  expect(huge.size).toBe(65 * MB)
  await expect(w.reader.blob(huge.oid)).rejects.toThrow('said more than is read')
  const app = files.find(({ path }) => path === 'src/app.ts')!
  expect((await w.reader.blob(app.oid)).toString()).toContain('fixed')
})

test('a host that never ends its answer is read no further than a bound', async () => {
  w = (await overHttps()) as unknown as World
  const { cert, key } = selfSigned()
  const chunk = Buffer.alloc(MB)
  const server = createServer({ cert, key }, (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    }
    response.on('drain', more)
    more()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  writeFileSync(`${w.home}/endless.pem`, cert)
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const answer = await ask({ url, method: 'GET', headers: {} }, `${w.home}/endless.pem`)
  let read = 0
  const whole = (async () => {
    for await (const part of answer.body) read += part.length
  })()
  await expect(whole).rejects.toMatchObject({
    ...{ code: 'REPOSITORY_TOO_LARGE', detail: expect.stringContaining('256 MB') },
  })
  expect(read).toBeLessThanOrEqual(256 * MB)
  server.closeAllConnections()
  server.close()
})

test('a host that says nothing is left after the time there is, as one that does not answer', async () => {
  w = (await overHttps()) as unknown as World
  w.host.faults.push({ on: /info\/refs/, times: 9, what: { kind: 'hangs' } })
  const mirror = await mirrorOf(w.home, w.project, w.far)
  const began = performance.now()
  await expect(farGit(mirror, ['ls-remote', '--', mirror.remote], 1500)).rejects.toMatchObject({
    ...{ code: 'GIT_UNREACHABLE', detail: expect.stringMatching(/^127\.0\.0\.1:\d+: .*timed out/) },
  })
  expect(performance.now() - began).toBeLessThan(20_000)
})

test('what was read before is read while the host is away; what was not is said', async () => {
  w = (await overHttps()) as unknown as World
  const files = await w.reader.files(w.base)
  w.host.faults.push({ on: /./, times: 99, what: { kind: 'hangs' } })
  const offline = gitReader(w.home, w.project, { ...w.far, login: () => Promise.reject(new Error('not asked')) })
  expect(await offline.files(w.base)).toEqual(files)
  await expect(offline.files('d'.repeat(40))).rejects.toThrow('not asked')
})
