import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { handed } from '../../../lib/adapters/git/handed.ts'
import { reach } from '../../../lib/adapters/git/reach.ts'
import { gitAddress } from '../../../lib/domain/gitAddress.ts'
import type { GitLogin } from '../../../lib/domain/gitLogin.ts'
import { PUBLISHED } from '../../../lib/domain/gitLogin.ts'
import { newSeed } from '../../../lib/domain/sshKey.ts'
import { projectAt } from '../../contracts/projectAt.ts'

/** What a call of git is started with, and how a secret gets to it. */
const lying = () =>
  ['/dev/shm', tmpdir()]
    .flatMap((folder) => readdirSync(folder))
    .filter((name) => /^nightshift-[0-9a-f]{8}-/.test(name))
const reached = (address: string, login: GitLogin, keys: string[] = []) =>
  reach(
    { login: async () => login, hostKeys: async () => keys, proxy: 'http://proxy.example:3128', cafile: '/ca.pem' },
    projectAt(address),
    gitAddress(address)!,
  )
const TOKEN = { kind: 'token', host: 'git.example.com', user: 'oauth2', token: 'a-secret-token' } as const
const settingsIn = (env: Record<string, string>) =>
  Object.fromEntries(
    Array.from({ length: Number(env.GIT_CONFIG_COUNT) }, (_, i) => [
      env[`GIT_CONFIG_KEY_${i}`],
      env[`GIT_CONFIG_VALUE_${i}`],
    ]),
  )

test('a child reads what it was handed, nobody finds it by a name, and it ends with its close', async () => {
  const { path, close } = await handed('a secret\n')
  expect(execFileSync('cat', [path]).toString()).toBe('a secret\n')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(lying()).toEqual([])
  await close()
  expect(() => readFileSync(path)).toThrow()
})

test('over HTTPS the token is shown to its origin alone, by no redirect, under a certificate', async () => {
  const { env, secrets, close } = await reached('https://git.example.com/a/shop.git', TOKEN)
  const basic = Buffer.from('oauth2:a-secret-token').toString('base64')
  expect(settingsIn(env)).toEqual({
    ...{ 'http.followRedirects': 'false', 'http.sslVerify': 'true', 'http.lowSpeedLimit': '1' },
    ...{ 'http.lowSpeedTime': '120', 'http.sslCAInfo': '/ca.pem', 'http.proxy': 'http://proxy.example:3128' },
    'http.https://git.example.com/.extraHeader': `Authorization: Basic ${basic}`,
  })
  expect([env.HOME, secrets]).toEqual(['/nonexistent', ['a-secret-token', basic]])
  await close()
})

test('a repository that anybody may read is asked without a login, and one on this disk with nothing at all', async () => {
  const open = await reached('https://git.example.com/a/shop.git', { kind: 'none' })
  expect(Object.keys(settingsIn(open.env)).filter((key) => key.includes('extraHeader'))).toEqual([])
  expect(open.secrets).toEqual([])
  expect((await reached('/srv/shop.git', TOKEN)).env).toEqual({})
})

test('over SSH it is this key for this host, and nobody’s settings, agent or questions', async () => {
  const seed = newSeed().toString('base64url')
  const login = { kind: 'key', host: 'gitlab.com', seed } as const
  const { env, secrets, close } = await reached('git@gitlab.com:a/shop.git', login, [PUBLISHED['gitlab.com']!.key])
  const command = env.GIT_SSH_COMMAND!
  for (const option of [
    ...['-F /dev/null', 'BatchMode=yes', 'StrictHostKeyChecking=yes', 'IdentitiesOnly=yes', 'IdentityAgent=none'],
    ...['GlobalKnownHostsFile=/dev/null', 'ForwardAgent=no', 'ProxyCommand=none', 'PreferredAuthentications=publickey'],
    'ControlPath=none',
  ])
    expect(command).toContain(option)
  const [, key = '', known = ''] = /IdentityFile=(\S+) -o UserKnownHostsFile=(\S+)/.exec(command) ?? []
  expect(readFileSync(key, 'utf8')).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----/)
  expect(readFileSync(known, 'utf8')).toBe(`gitlab.com ${PUBLISHED['gitlab.com']!.key}\n`)
  expect([secrets, JSON.stringify(env).includes(seed)]).toEqual([[seed], false])
  await close()
  for (const path of [key, known]) expect(() => readFileSync(path)).toThrow()
})

const HTTPS = 'https://git.example.com/a.git'
const SSH = 'git@git.example.com:a.git'
const KEY = { kind: 'key', host: 'git.example.com', seed: 's' } as const
interface Refused {
  address: string
  login: GitLogin
  keys?: string[]
  code: string
  words: string
}
test.each<[string, Refused]>([
  [
    'what is for another host',
    { address: 'https://other.example.com/a.git', login: TOKEN, code: 'GIT_UNAUTHORISED', words: 'is not shown it' },
  ],
  [
    'what is for another port',
    { address: 'https://git.example.com:8443/a', login: TOKEN, code: 'GIT_UNAUTHORISED', words: 'is not shown it' },
  ],
  ['a key over HTTPS', { address: HTTPS, login: KEY, code: 'GIT_UNAUTHORISED', words: 'takes a token' }],
  ['a token over SSH', { address: SSH, login: TOKEN, code: 'GIT_UNAUTHORISED', words: 'nightshift connect key' }],
  [
    'an address that names no user',
    { address: 'ssh://git.example.com/a.git', login: KEY, code: 'GIT_UNAUTHORISED', words: 'names no user' },
  ],
  ['a host nobody trusted', { address: SSH, login: KEY, code: 'GIT_HOST_KEY', words: 'Nobody trusted' }],
  [
    'a host whose key is none',
    { address: SSH, login: KEY, keys: ['* evil'], code: 'GIT_HOST_KEY', words: 'Nobody trusted' },
  ],
])('%s is refused before anything is started', async (_, { address, login, keys, code, words }) => {
  await expect(reached(address, login, keys)).rejects.toMatchObject({ code, detail: expect.stringContaining(words) })
  expect(lying()).toEqual([])
})
