import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { serveGitOverSsh } from '../../../emulators/git/ssh.ts'
import { farFault } from '../../../lib/adapters/git/far.ts'
import { keysOf, PUBLISHED } from '../../../lib/domain/gitLogin.ts'
import { fingerprint, hostKey, newSeed, privateFile, publicLine } from '../../../lib/domain/sshKey.ts'
import { overSsh } from '../../contracts/gitHosts.ts'
import { plantHook } from '../../contracts/repository.ts'

const AT = '2026-11-20T03:00:00.000Z'
const BRANCH = 'agent/fix-000000000001'

let w: Awaited<ReturnType<typeof overSsh>>
beforeEach(async () => {
  w = await overSsh()
})
afterEach(() => w.close())

const commit = async () => {
  const tree = await w.actor.composeTree(w.base, [{ path: 'src/app.ts', bytes: Buffer.from('fixed\n') }])
  return w.actor.composeCommit({ parents: [w.base], tree, message: 'Guard\n', at: AT })
}

test('a host nobody trusted is not even shown the key', async () => {
  w.kept.keys = []
  await expect(w.actor.head('main')).rejects.toMatchObject({ code: 'GIT_HOST_KEY' })
  expect(w.host.commands).toEqual([])
})

test('a host that shows another key than the one that was trusted is refused', async () => {
  expect(await w.actor.head('main')).toBe(w.base)
  const { port } = w.host
  await w.host.close()
  const false_ = await serveGitOverSsh(w.root, { privateKey: (await serveKey()).privateKey, port })
  false_.keys.set(w.line, 'write')
  await expect(w.actor.head('main')).rejects.toMatchObject({
    ...{ code: 'GIT_HOST_KEY', detail: expect.stringContaining('another key than the one that was trusted') },
  })
  expect(false_.commands).toEqual([])
  await false_.close()
  w.host.close = async () => undefined
})

async function serveKey() {
  const other = await serveGitOverSsh('/nowhere')
  await other.close()
  return other
}

test('a key that was taken away is said, and nothing is lost', async () => {
  const sha = await commit()
  w.host.keys.clear()
  await expect(w.actor.push(BRANCH, sha, null)).rejects.toMatchObject({ code: 'GIT_UNAUTHORISED' })
  w.host.keys.set(w.line, 'read')
  expect(await w.reader.files(w.base)).toHaveLength(2)
  await expect(w.actor.push(BRANCH, sha, null)).rejects.toMatchObject({ code: expect.stringMatching(/^GIT_/) })
  w.host.keys.set(w.line, 'write')
  expect(await w.actor.push(BRANCH, sha, null)).toBe('pushed')
})

test('a push whose end was cut off is found to have arrived', async () => {
  const sha = await commit()
  w.host.faults.push('cut-after')
  expect(await w.actor.push(BRANCH, sha, null)).toBe('pushed')
  expect(await w.head(BRANCH)).toBe(sha)
})

test('a push that was cut off before is none, and the next one is', async () => {
  const sha = await commit()
  w.host.faults.push('cut-before')
  await expect(w.actor.push(BRANCH, sha, null)).rejects.toMatchObject({ code: 'GIT_UNREACHABLE' })
  expect(await w.head(BRANCH)).toBeNull()
  expect(await w.actor.push(BRANCH, sha, null)).toBe('pushed')
})

test('a rule of the host keeps a branch where it is, in its own words', async () => {
  plantHook(w.origin, 'pre-receive', '/dev/null; echo "main is protected"; exit 1')
  await expect(w.actor.push(BRANCH, await commit(), null)).rejects.toMatchObject({
    ...{ code: 'BRANCH_PROTECTED', detail: expect.stringContaining('pre-receive hook declined') },
  })
  expect(await w.head(BRANCH)).toBeNull()
})

test('a branch that somebody moved meanwhile is moved, and what they did stays', async () => {
  const sha = await commit()
  const theirs = await w.commitElsewhere('staging')
  const { tree } = await w.actor.commit(sha)
  const merge = await w.actor.composeCommit({ parents: [w.base, sha], tree, message: 'Merge\n', at: AT })
  expect(await w.actor.push('staging', merge, w.base)).toBe('moved')
  expect(await w.head('staging')).toBe(theirs)
})

test('a key that was made for another host is shown to nobody', async () => {
  w.kept.login = { kind: 'key', host: 'git.example.com', seed: newSeed().toString('base64url') }
  await expect(w.actor.head('main')).rejects.toThrow('is not shown it')
  expect(w.host.commands).toEqual([])
})

test('without a key, or with a token, it is said what is missing', async () => {
  w.kept.login = { kind: 'none' }
  await expect(w.actor.head('main')).rejects.toThrow('nightshift connect key')
})

test('no key is left lying about', async () => {
  await w.actor.head('main')
  for (const folder of ['/dev/shm', tmpdir()])
    expect(readdirSync(folder).filter((name) => /^nightshift-[0-9a-f]{8}-/.test(name))).toEqual([])
})

test('OpenSSH reads our key, and names it as we do', () => {
  const seed = newSeed()
  const file = join(w.home, 'key')
  writeFileSync(file, privateFile(seed), { mode: 0o600 })
  const line = publicLine(seed, 'nightshift shop')
  expect(execFileSync('ssh-keygen', ['-y', '-f', file]).toString().trim().split(' ').slice(0, 2)).toEqual(
    line.split(' ').slice(0, 2),
  )
  writeFileSync(`${file}.pub`, line)
  const blob = Buffer.from(line.split(' ')[1]!, 'base64')
  expect(execFileSync('ssh-keygen', ['-lf', `${file}.pub`]).toString()).toContain(fingerprint(blob))
})

test('what the large hosts publish is what is pinned, until somebody trusts another key of theirs', () => {
  for (const { key, fingerprint: published } of Object.values(PUBLISHED))
    expect(hostKey(key)?.fingerprint).toBe(published)
  expect(keysOf('github.com', [])).toHaveLength(1)
  expect(keysOf('github.com:2222', [])).toEqual([])
  expect(keysOf('github.com', [{ host: 'github.com', key: w.host.hostKey }])).toEqual([w.host.hostKey])
  expect(hostKey('ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAABAQCsj2bNKTBSpIYDEGk9KxsGh3mySTRgMtXL583qmBpzeQ')).toBeNull()
})

test.each([
  ['error: cannot run ssh: No such file or directory', 'GIT_PROGRAM_MISSING', 'openssh-client'],
  [
    '/bin/sh: 1: ssh: not found\nfatal: Could not read from remote repository.',
    'GIT_PROGRAM_MISSING',
    'openssh-client',
  ],
  ['spawn git ENOENT', 'GIT_PROGRAM_MISSING', 'GIT=isomorphic'],
  ['ssh: Could not resolve hostname nowhere.invalid: Name or service not known', 'GIT_UNREACHABLE', 'nowhere'],
])('%s is %s', (said, code, words) => {
  const address = { kind: 'ssh', remote: 'git@h:a', host: 'h', user: 'git' } as const
  expect(farFault(said, { address })).toMatchObject({ code, detail: expect.stringContaining(words) })
})
