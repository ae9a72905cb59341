import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { closedAncestor, homeOf, makeHome } from '../../cli/home.ts'

const hash = createHash('sha256').update('/srv/nightshift').digest('hex').slice(0, 12)

it.each([
  ['root', { uid: 0, userHome: '/root' }, `/var/lib/nightshift/${hash}`],
  ['an ordinary user', { uid: 1000, userHome: '/home/ada' }, `/home/ada/.local/state/nightshift/${hash}`],
  ['root who chose', { uid: 0, userHome: '/root', chosen: '/data/ns/' }, '/data/ns'],
  ['a user who chose', { uid: 1000, userHome: '/home/ada', chosen: '/data/ns' }, '/data/ns'],
])('the state folder of %s', (_, who, home) => {
  expect(homeOf('/srv/nightshift', who)).toBe(home)
})

it('gives two checkouts two state folders, and one checkout one', () => {
  const who = { uid: 1000, userHome: '/home/ada' }
  expect(homeOf('/srv/one', who)).not.toBe(homeOf('/srv/two', who))
  expect(homeOf('/srv/one/', who)).toBe(homeOf('/srv/one', who))
})

let folder: string
const umask = process.umask()
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ns-home-'))
  await chmod(folder, 0o755)
})
afterEach(async () => {
  process.umask(umask)
  await rm(folder, { recursive: true, force: true })
})

const modeOf = async (path: string) => ((await stat(path)).mode & 0o7777).toString(8)

it.each([0o022, 0o077, 0o000])('lets others pass through and look at nothing, under umask %s', async (mask) => {
  process.umask(mask)
  const home = join(folder, 'a/b/home')
  await makeHome(home)
  process.umask(umask)
  for (const path of ['a', 'a/b', 'a/b/home']) expect(await modeOf(join(folder, path))).toBe('711')
  for (const part of ['secrets', 'logs', 'repositories']) expect(await modeOf(join(home, part))).toBe('700')
})

it('closes a folder again that somebody opened, and keeps what is in it', async () => {
  const home = join(folder, 'home')
  await makeHome(home)
  await mkdir(join(home, 'secrets/kept'))
  await chmod(home, 0o777)
  await chmod(join(home, 'secrets'), 0o777)
  await makeHome(home)
  expect(await modeOf(home)).toBe('711')
  expect(await modeOf(join(home, 'secrets'))).toBe('700')
  expect(await modeOf(join(home, 'secrets/kept'))).not.toBe('')
})

it('leaves folders above alone that were there before', async () => {
  await mkdir(join(folder, 'shared'))
  await chmod(join(folder, 'shared'), 0o775)
  await makeHome(join(folder, 'shared/home'))
  expect(await modeOf(join(folder, 'shared'))).toBe('775')
})

it('names the folder that other users cannot pass', async () => {
  await mkdir(join(folder, 'closed/home'), { recursive: true })
  expect(await closedAncestor(join(folder, 'closed/home'))).toBe(null)
  await chmod(join(folder, 'closed'), 0o700)
  expect(await closedAncestor(join(folder, 'closed/home'))).toBe(join(folder, 'closed'))
})

it.runIf(process.getuid?.() === 0)('refuses, as root, a state folder below a closed one', async () => {
  await mkdir(join(folder, 'closed'))
  await chmod(join(folder, 'closed'), 0o700)
  const refusal = makeHome(join(folder, 'closed/home'))
  await expect(refusal).rejects.toThrow(`${folder}/closed, which is closed to other users`)
  await expect(refusal).rejects.toThrow('NIGHTSHIFT_HOME')
})
