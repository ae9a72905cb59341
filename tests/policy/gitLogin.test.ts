import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { gitAddress } from '../../lib/domain/gitAddress.ts'
import { keysOf, knownHosts, PUBLISHED, usualUser } from '../../lib/domain/gitLogin.ts'
import { fingerprint, hostKey, newSeed, privateFile, publicLine, sshString } from '../../lib/domain/sshKey.ts'

const KEY = PUBLISHED['gitlab.com']!.key

test('the line of a key is the key that signs', () => {
  const seed = newSeed()
  const [type, base64, comment] = publicLine(seed, 'nightshift').split(' ')
  expect([type, comment]).toEqual(['ssh-ed25519', 'nightshift'])
  const blob = Buffer.from(base64!, 'base64')
  expect(blob.subarray(0, 15)).toEqual(sshString('ssh-ed25519'))
  const raw = blob.subarray(-32)
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw])
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const signed = sign(null, Buffer.from('x'), createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }))
  expect(verify(null, Buffer.from('x'), createPublicKey({ key: spki, format: 'der', type: 'spki' }), signed)).toBe(true)
  expect(privateFile(seed)).toMatch(
    /^-----BEGIN OPENSSH PRIVATE KEY-----\n[\w+/=\n]+\n-----END OPENSSH PRIVATE KEY-----\n$/,
  )
  expect(privateFile(seed)).not.toBe(privateFile(newSeed()))
})

test('a fingerprint is as OpenSSH writes it', () => {
  const blob = Buffer.from(KEY.split(' ')[1]!, 'base64')
  const hash = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')
  expect(fingerprint(blob)).toBe(`SHA256:${hash}`)
  for (const { key, fingerprint: published } of Object.values(PUBLISHED))
    expect(hostKey(key)?.fingerprint).toBe(published)
})

test.each([
  'ssh-ed25519',
  'ssh-ed25519 short',
  `ssh-rsa ${KEY.split(' ')[1]}`,
  `${KEY}\nevil ssh-ed25519 AAAA`,
  `@cert-authority * ${KEY}`,
  `${KEY} comment`,
  `ssh-dss ${KEY.split(' ')[1]}`,
])('%s is no host key', (line) => {
  expect(hostKey(line)).toBeNull()
})

test('a host may have what people trusted, else what it publishes, else nothing', () => {
  expect(keysOf('gitlab.com', [])).toEqual([KEY])
  expect(keysOf('gitlab.com', [{ host: 'gitlab.com', key: 'theirs' }])).toEqual(['theirs'])
  expect(keysOf('gitlab.com:2222', [])).toEqual([])
  expect(keysOf('constructor', [])).toEqual([])
  expect(keysOf('git.example.com', [{ host: 'gitlab.com', key: 'theirs' }])).toEqual([])
})

test('known hosts name one host, with its port, and hold no line that is no key', () => {
  expect(knownHosts('git.example.com', [KEY])).toBe(`git.example.com ${KEY}\n`)
  expect(knownHosts('git.example.com:2222', [KEY])).toBe(`[git.example.com]:2222 ${KEY}\n`)
  expect(knownHosts('git.example.com', ['* evil', `${KEY}\n* ${KEY}`])).toBe('')
})

test('a token goes with the name its host expects', () => {
  expect(['github.com', 'bitbucket.org', 'git.example.com'].map(usualUser)).toEqual([
    ...['x-access-token', 'x-token-auth', 'oauth2'],
  ])
})

test.each([
  ['ssh://git@git.example.com/~/a.git', 'git', 'git.example.com'],
  ['ssh://git@git.example.com:22/a.git', 'git', 'git.example.com'],
  ['git@Git.Example.com:group/sub/a.git', 'git', 'git.example.com'],
  ['ssh://git.example.com/a.git', '', 'git.example.com'],
])('%s is reached as %s at %s', (address, user, host) => {
  expect(gitAddress(address)).toMatchObject({ kind: 'ssh', user, host, remote: address })
})

test.each([
  'git@host:22',
  'git@host:22/',
  '@host:a',
  'git@:a',
  'git@host:',
  'ssh://git@host',
  'https://host',
  'https://-x/a',
])('%s is no address', (address) => {
  expect(gitAddress(address)).toBeNull()
})
