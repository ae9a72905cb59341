import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gitActor, gitReader } from '../../lib/adapters/code.git.ts'
import { mirrorOf } from '../../lib/adapters/git/mirror.ts'
import { signerIn } from '../../lib/adapters/git/sign.ts'
import { git } from '../../lib/adapters/git/spawn.ts'
import { gitAddress } from '../../lib/domain/gitAddress.ts'
import { type CodeWorld, codeContract } from './code.contract.ts'
import { projectAt } from './projectAt.ts'
import { bareRepository, type Repository } from './repository.ts'

async function make(): Promise<CodeWorld & { home: string; origin: Repository }> {
  const origin = bareRepository()
  const home = mkdtempSync(join(tmpdir(), 'ns-home-'))
  const base = origin.commit('main', { 'src/app.ts': 'export const fixed = false\n', 'README.md': 'Shop\n' }, 'First')
  origin.git('update-ref', 'refs/heads/staging', base)
  const project = projectAt(origin.path)
  let n = 0
  return {
    home,
    origin,
    reader: gitReader(home, project),
    actor: gitActor(home, project),
    another: () => gitActor(home, project),
    base,
    head: async (branch) => origin.git('for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`) || null,
    commitElsewhere: async (branch) =>
      origin.commit(branch, { 'src/app.ts': `export const fixed = ${++n}\n` }, `Work ${n}`),
    close: async () => {
      origin.remove()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

codeContract('code.git on a bare repository', make)

test('commits carry a signature that git itself accepts', async () => {
  const w = await make()
  const tree = await w.actor.composeTree(w.base, [])
  const sha = await w.actor.composeCommit({ parents: [w.base], tree, message: 'Signed\n', at: '2026-11-20T03:00:00Z' })
  await w.actor.push('agent/fix-00000000000a', sha, null)
  const allowed = join(w.home, 'allowed')
  writeFileSync(allowed, `nightshift@localhost ${(await signerIn(w.home)).publicKey}\n`)
  const args = [
    '--git-dir',
    w.origin.path,
    '-c',
    `gpg.ssh.allowedSignersFile=${allowed}`,
    'log',
    '-1',
    '--format=%G? %an',
    sha,
  ]
  expect(execFileSync('git', args).toString().trim()).toBe('G Nightshift')
  await w.close()
})

test('nothing the repository brings is run: attributes, filters, configuration', async () => {
  const w = await make()
  const marker = join(w.home, 'marker')
  const evil = w.origin.commit(
    'main',
    {
      '.gitattributes': '* filter=evil diff=evil merge=evil export-subst\n',
      '.gitconfig': `[filter "evil"]\n\tclean = touch ${marker}\n`,
    },
    `evil $(touch ${marker})\n\n--exec=touch ${marker}`,
  )
  await w.reader.files(evil)
  await w.reader.blame(evil, '.gitattributes', 1)
  const tree = await w.actor.composeTree(evil, [{ path: 'src/app.ts', bytes: Buffer.from('x\n') }])
  const sha = await w.actor.composeCommit({ parents: [evil], tree, message: 'Fix\n', at: '2026-11-20T03:00:00Z' })
  expect(await w.actor.push('agent/fix-00000000000b', sha, null)).toBe('pushed')
  expect(existsSync(marker)).toBe(false)
  await w.close()
})

test('the signing key is for its owner alone and stays the same', async () => {
  const home = mkdtempSync(join(tmpdir(), 'ns-home-'))
  const first = (await signerIn(home)).publicKey
  expect((await signerIn(home)).publicKey).toBe(first)
  expect(
    execFileSync('stat', ['-c', '%a', join(home, 'keys', 'signing.pem')])
      .toString()
      .trim(),
  ).toBe('600')
  expect(readFileSync(join(home, 'keys', 'signing.pem'), 'utf8')).toContain('PRIVATE KEY')
  rmSync(home, { recursive: true })
})

test.each([
  ['/srv/shop.git', 'path', undefined],
  ['https://git.example.com/a/b.git', 'https', 'git.example.com'],
  ['https://GIT.example.com:8443/a/b.git', 'https', 'git.example.com:8443'],
  ['ssh://git@git.example.com:22/a/b.git', 'ssh', 'git.example.com'],
  ['ssh://git@git.example.com:2222/~/b.git', 'ssh', 'git.example.com:2222'],
  ['git@github.com:a/b', 'ssh', 'github.com'],
])('%s is an address: %s', (address, kind, host) => {
  expect(gitAddress(address)).toMatchObject({ kind, remote: address, ...(host ? { host } : {}) })
})

test.each([
  'ext::sh -c touch% /tmp/x',
  '--upload-pack=touch /tmp/x',
  'ssh://-oProxyCommand=x/a',
  'ssh://git@-oProxyCommand=x/a',
  'ssh://-l@host/a',
  '-oProxyCommand=x@host:a',
  'git@-oProxyCommand=x:a',
  'git@host:-u/a',
  'git@host:/$(touch /tmp/x)',
  "git@host:a';touch'",
  'https://me:secret@git.example.com/a.git',
  'https://git.example.com/a.git?x=1',
  'file:///etc',
  'http://example.com/a.git',
  '/srv/a\nb.git',
  'a/b',
])('%s is none', (address) => {
  expect(gitAddress(address)).toBeNull()
})

test('a call that takes too long says so, and is not waited for with what it started', async () => {
  const began = performance.now()
  const slow = git('/nowhere', ['-c', 'alias.wait=!sleep 30', 'wait'], { timeoutMs: 300 })
  await expect(slow).rejects.toThrow('timed out after 0.3 s')
  expect(performance.now() - began).toBeLessThan(10_000)
})

test('what is no address is said', async () => {
  await expect(mirrorOf('/nowhere', projectAt('acme/shop'))).rejects.toThrow('Its address has to be an absolute path')
})
