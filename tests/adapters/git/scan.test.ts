import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveGitOverSsh } from '../../../emulators/git/ssh.ts'
import { scanHost } from '../../../lib/adapters/git/scan.ts'

let host: Awaited<ReturnType<typeof serveGitOverSsh>>
beforeAll(async () => {
  host = await serveGitOverSsh('/nowhere')
})
afterAll(() => host.close())

test('the key a host shows is the key it has, with its fingerprint', async () => {
  expect(await scanHost(`ssh://git@${host.host}/a.git`)).toEqual({
    ...{ host: host.host, line: host.hostKey, fingerprint: host.fingerprint },
  })
})

test.each([
  ['https://git.example.com/a.git', 'over SSH'],
  ['/srv/a.git', 'over SSH'],
  ['ssh://git@127.0.0.1:9/a.git', 'shows no key'],
])('%s: %s', async (address, words) => {
  await expect(scanHost(address)).rejects.toThrow(words)
})
