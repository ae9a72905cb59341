import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { filesIn } from '../../../lib/adapters/github/archive.ts'
import { placeOf } from '../../../lib/adapters/github/repository.ts'
import { Recent } from '../../../lib/adapters/recent.ts'
import { type Hub, NAME, openHub } from '../../contracts/hub.ts'

let hub: Hub
beforeEach(async () => {
  hub = await openHub()
})
afterEach(() => hub.close())

const calls = (part: string) => hub.github.calls.filter((call) => call.includes(part)).length
const many = (n: number) =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`src/f${i}.ts`, `export const n = ${i}\n`]))

test('a truncated listing is refused', async () => {
  hub.repo.treeLimit = 2
  await expect(hub.reader.files(hub.base)).rejects.toMatchObject({ code: 'REPOSITORY_TOO_LARGE' })
})

test('a listing that leaves a file out, or lists another tree, is refused', async () => {
  const files = await hub.reader.files(hub.base)
  const { tree } = await hub.reader.commit(hub.base)
  const rows = files.map(({ oid: sha, ...row }) => ({ ...row, type: 'blob', sha }))
  for (const shown of [rows.slice(1), [{ ...rows[0]!, mode: '100755' }, ...rows.slice(1)]]) {
    hub.fault(/git\/trees/, { kind: 'says', json: { sha: tree, tree: shown, truncated: false } })
    await expect(hub.another().files(hub.base)).rejects.toThrow('is not that of the tree')
  }
})

test('a blob, and a commit, that are not what their names say are refused', async () => {
  const [first] = await hub.reader.files(hub.base)
  hub.fault(/git\/blobs/, { kind: 'says', json: { sha: first!.oid, encoding: 'base64', content: 'AAAA' } })
  await expect(hub.reader.blob(first!.oid)).rejects.toThrow('does not hold what its name says')
  const head = hub.origin.commit('main', { a: 'b' }, 'Next')
  const { sha, tree } = await hub.reader.commit(hub.base)
  hub.fault(/git\/commits/, { kind: 'says', json: { sha, tree: { sha: tree }, parents: [], message: 'x', author: {} } })
  await expect(hub.reader.commit(head)).rejects.toThrow('another commit')
})

test('many files come in one archive, from another host, which sees no credentials', async () => {
  const head = hub.origin.commit('main', { ...many(60), 'empty.txt': '' }, 'Many')
  const files = await hub.reader.files(head)
  const blobs = await hub.reader.blobs(files)
  expect(blobs.map(String)).toEqual(
    files.map(({ path }) => hub.origin.git('show', `${head}:${path}`) + (path === 'empty.txt' ? '' : '\n')),
  )
  expect(calls('/tarball/')).toBe(1)
  expect(calls('/git/blobs/')).toBe(0)
  expect(hub.github.archiveHeaders).toHaveLength(1)
  expect(JSON.stringify(hub.github.archiveHeaders)).not.toMatch(/authorization|ghs_/i)
  await hub.reader.blobs(files)
  expect(calls('/tarball/')).toBe(1)
})

test('what attributes keep out of archives or change there is fetched by itself', async () => {
  const attributes = {
    '.gitattributes': 'src/f1.ts export-ignore\nsrc/f2.ts export-subst\n',
    'src/f2.ts': '// $Format:%H$\n',
  }
  const head = hub.origin.commit('main', { ...many(40), ...attributes }, 'Attributes')
  const files = await hub.reader.files(head)
  const at = (path: string) => files.findIndex((file) => file.path === path)
  const blobs = await hub.reader.blobs(files)
  expect(String(blobs[at('src/f1.ts')])).toBe('export const n = 1\n')
  expect(String(blobs[at('src/f2.ts')])).toBe('// $Format:%H$\n')
  expect(calls('/git/blobs/')).toBe(2)
})

test('few files are fetched one by one, each once', async () => {
  const files = await hub.reader.files(hub.base)
  await hub.reader.blobs([...files, ...files])
  await hub.reader.blob(files[0]!.oid)
  expect(calls('/git/blobs/')).toBe(files.length)
  expect(calls('/tarball/')).toBe(0)
})

test('an archive is fetched over TLS or from this machine, and leads nowhere else', async () => {
  const head = hub.origin.commit('main', many(40), 'Many')
  const files = await hub.reader.files(head)
  for (const to of ['http://192.0.2.1/x', 'file:///etc/passwd', 'nonsense']) {
    hub.fault(/tarball/, { kind: 'redirects', to, status: 302 })
    await expect(hub.reader.blobs(files)).rejects.toThrow('names no archive')
  }
  hub.fault(/tarball/, { kind: 'redirects', to: `${hub.github.service.archiveHost}/none`, status: 302 })
  await expect(hub.reader.blobs(files)).rejects.toThrow('answered with 404')
})

test('a repository that was renamed is said, and nothing is sent to where it went', async () => {
  hub.fault(/git\/ref/, { kind: 'redirects', to: `${hub.github.service.archiveHost}/elsewhere` })
  await expect(hub.reader.head('main')).rejects.toThrow('moved or renamed')
  expect(hub.github.archiveHeaders).toEqual([])
})

test('a limit that is over soon is waited for; a longer one is a fault that says so', async () => {
  const paced = hub.another({ paced: true })
  hub.fault(/git\/ref/, { kind: 'limit', seconds: 1, secondary: true, status: 429 })
  expect(await paced.head('main')).toBe(hub.base)
  hub.fault(/git\/ref/, { kind: 'limit', seconds: 600 })
  await expect(paced.head('main')).rejects.toMatchObject({ code: 'GITHUB_LIMITED' })
  hub.fault(/git\/ref/, { kind: 'limit', seconds: 600, secondary: true })
  await expect(paced.head('main')).rejects.toMatchObject({ code: 'GITHUB_LIMITED' })
})

test('what is not there, not a name, or not readable is said', async () => {
  await expect(hub.reader.commit('f'.repeat(40))).rejects.toThrow('Commit ffffffffffff is not in the repository.')
  await expect(hub.reader.commit('../../admin')).rejects.toThrow('is not in the repository')
  expect(await hub.reader.isAncestor(hub.base, 'f'.repeat(40))).toBe(false)
  expect(await hub.reader.blame(hub.base, 'none.ts', 1)).toBeNull()
  hub.fault(/git\/ref/, { kind: 'says', json: { object: null } })
  await expect(hub.reader.head('main')).rejects.toThrow('GitHub’s branch is not as documented: object')
  hub.fault(/git\/ref/, { kind: 'huge' }, 9)
  await expect(hub.reader.head('main')).rejects.toThrow('longer than')
})

test('the executable bit, links and folders are listed as git has them', async () => {
  const blob = hub.origin.git('rev-parse', `${hub.base}:README.md`)
  const rows = [`100755 blob ${blob}\trun.sh`, `120000 blob ${blob}\tlink`].join('\n')
  const tree = hub.origin.feed(['mktree'], `${rows}\n`)
  const commit = hub.origin.git('commit-tree', '-m', 'Modes', tree)
  hub.origin.git('update-ref', 'refs/heads/main', commit)
  expect((await hub.reader.files(commit)).map(({ path, mode }) => [path, mode])).toEqual([
    ['link', '120000'],
    ['run.sh', '100755'],
  ])
})

test.each([
  ['acme/shop', 'acme', 'shop'],
  ['https://github.com/acme/shop', 'acme', 'shop'],
  ['https://github.com/acme/shop.git', 'acme', 'shop'],
  ['https://git.example.com:8443/a-b/c.d_e', 'a-b', 'c.d_e'],
])('%s as a repository', (address, owner, repo) => {
  expect(placeOf(address)).toEqual({ owner, repo })
})

test.each([
  '/srv/shop.git',
  'acme',
  'acme/shop/x',
  'acme/..',
  '../x',
  'acme/sh op',
  '-a/b',
  'a?/b',
  'http://github.com/a/b',
])('%s is no repository on GitHub', (address) => {
  expect(() => placeOf(address)).toThrow('owner/name')
})

test('a tar is read in pieces of any size; one that breaks off, or lies, is refused', async () => {
  const tar = Buffer.concat([
    entry('a', 'hello'),
    entry('b', ''),
    entry('c', 'x'.repeat(1500)),
    entry('l', '', '2'),
    Buffer.alloc(1024),
  ])
  for (const size of [1, 7, 511, 512, 513, 5000])
    expect(await contents(tar, size)).toEqual(['hello', '', 'x'.repeat(1500)])
  await expect(contents(tar.subarray(0, 600), 100)).rejects.toThrow('breaks off')
  await expect(contents(Buffer.alloc(512, 65), 512)).rejects.toThrow('cannot be read')
  await expect(contents(entry('a', 'x', '0', '77777777777'), 512)).rejects.toThrow('larger than is read')
  expect(gzipSync(tar).length).toBeLessThan(tar.length)
})

function entry(name: string, body: string, type = '0', size = body.length.toString(8).padStart(11, '0')): Buffer {
  const head = Buffer.alloc(512)
  head.write(name, 0)
  head.write(`${size}\0`, 124)
  head.write(type, 156)
  return Buffer.concat([head, Buffer.from(body), Buffer.alloc((512 - (body.length % 512)) % 512)])
}

async function contents(tar: Buffer, size: number): Promise<string[]> {
  async function* pieces() {
    for (let at = 0; at < tar.length; at += size) yield tar.subarray(at, at + size)
  }
  const found: string[] = []
  for await (const bytes of filesIn(pieces())) found.push(String(bytes))
  return found
}

test('what was used last is kept, up to a weight', () => {
  const recent = new Recent<string>(10, (text) => text.length)
  recent.set('a', 'aaaa')
  recent.set('b', 'bbbb')
  expect(recent.get('a')).toBe('aaaa')
  recent.set('c', 'cccc')
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual(['aaaa', undefined, 'cccc'])
  recent.set('d', 'd'.repeat(11))
  expect(recent.get('d')).toBeUndefined()
  recent.set('a', 'a')
  expect(recent.first((text) => text.length === 4)).toBe('cccc')
})

test('a name is asked for as it is, whatever is in it', async () => {
  expect(await hub.reader.head('a/../main')).toBeNull()
  expect(await hub.reader.head('main?x=1')).toBeNull()
  expect(hub.github.calls.filter((call) => !call.includes(NAME) && !call.includes('access_tokens'))).toEqual([])
})
