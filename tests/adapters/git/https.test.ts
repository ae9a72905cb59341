import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type GitHost, type GitTrouble, serveGit } from '../../../emulators/git/https.ts'
import { gitActor } from '../../../lib/adapters/code.git.ts'
import { isomorphicActor } from '../../../lib/adapters/code.isomorphic.ts'
import { Fault } from '../../../lib/errors.ts'
import { type Elsewhere, overHttps, overHttpsWithoutGit, TOKEN } from '../../contracts/gitHosts.ts'
import { plantHook } from '../../contracts/repository.ts'

const AT = '2026-11-20T03:00:00.000Z'
const BRANCH = 'agent/fix-000000000001'
const PUSH = /^POST .*git-receive-pack$/

type World = Elsewhere & { host: GitHost; cafile: string }
let w: World
function opened(make: () => Promise<World>): void {
  beforeEach(async () => {
    w = await make()
  })
  afterEach(() => w.close())
}
const commit = async (message = 'Guard\n') => {
  const tree = await w.actor.composeTree(w.base, [{ path: 'src/app.ts', bytes: Buffer.from('fixed\n') }])
  return w.actor.composeCommit({ parents: [w.base], tree, message, at: AT })
}
const faulty = (on: RegExp, what: GitTrouble, times = 1) => void w.host.faults.push({ on, what, times })
const fault = async (call: Promise<unknown>): Promise<Fault> => {
  const error = await call.then(
    () => null,
    (why: unknown) => why,
  )
  if (!(error instanceof Fault)) throw new Error(`no Fault: ${String(error)}`)
  for (const secret of [TOKEN, Buffer.from(`oauth2:${TOKEN}`).toString('base64')])
    expect(error.message).not.toContain(secret)
  return error
}

/** Every file below a folder, as one text. */
const everything = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n')

const arguments_ = (): string =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1')
      } catch {
        return ''
      }
    })
    .join('\n')

describe('the program', () => {
  opened(overHttps)

  test('the token is in no argument, no address and no file of ours', async () => {
    const sha = await commit()
    faulty(/info\/refs/, { kind: 'hangs' })
    const before = w.host.calls.length
    const waiting = fault(w.actor.head('main'))
    for (let i = 0; i < 250 && w.host.calls.length === before; i += 1) await sleep(20)
    const running = arguments_()
    expect(running).toContain(`remote-https\0${w.project.settings.repository}`)
    for (const secret of [TOKEN, Buffer.from(`oauth2:${TOKEN}`).toString('base64')])
      expect(running).not.toContain(secret)
    expect(await w.actor.push(BRANCH, sha, null)).toBe('pushed')
    expect(everything(join(w.home, 'mirrors'))).not.toContain(TOKEN)
    expect(w.host.calls.map(({ label }) => label).join()).not.toContain(TOKEN)
    await w.host.close()
    await waiting
  })
})

describe.each([
  { by: 'the program', make: overHttps, open: gitActor },
  { by: 'the library', make: overHttpsWithoutGit, open: isomorphicActor },
])('$by', ({ make, open }) => {
  opened(make)

  test('a redirect is not followed, and nobody else is shown the token', async () => {
    const other = await serveGit(w.root)
    other.tokens.set(TOKEN, 'write')
    faulty(/info\/refs/, { kind: 'redirects', to: `${other.url}/${w.name}/info/refs?service=git-upload-pack` }, 9)
    expect(await fault(w.actor.head('main'))).toMatchObject({
      detail: expect.stringContaining('leads to another address'),
    })
    expect(other.calls).toEqual([])
    await other.close()
  })

  test('what was given for one host is not shown to another', async () => {
    const other = await serveGit(w.root)
    const moved = { ...w.project, settings: { ...w.project.settings, repository: `${other.url}/${w.name}` } }
    const told = await fault(open(w.home, { ...moved, slug: 'moved' }, w.far).head('main'))
    expect(told).toMatchObject({ code: 'GIT_UNAUTHORISED', detail: expect.stringContaining('is not shown it') })
    expect(other.calls).toEqual([])
    await other.close()
  })

  test('a certificate nobody vouches for is refused', async () => {
    const told = await fault(w.actorAs({ ...w.far, cafile: undefined }).head('main'))
    expect(told.code).toBe('GIT_CERTIFICATE')
    expect(w.host.calls).toEqual([])
  })

  test('a token that is revoked meanwhile is said, and nothing is lost', async () => {
    const sha = await commit()
    w.host.tokens.clear()
    expect(await fault(w.actor.push(BRANCH, sha, null))).toMatchObject({ code: 'GIT_UNAUTHORISED' })
    expect(await fault(w.actor.head('main'))).toMatchObject({ code: 'GIT_UNAUTHORISED' })
    expect(await w.head(BRANCH)).toBeNull()
    w.host.tokens.set('another', 'write')
    w.login = { kind: 'token', host: w.host.host, user: 'oauth2', token: 'another' }
    const again = await commit()
    expect(again).toBe(sha)
    expect(await w.actor.push(BRANCH, again, null)).toBe('pushed')
  })

  test('a token that only reads reads, and is told so when it pushes', async () => {
    w.host.tokens.set(TOKEN, 'read')
    expect(await w.reader.files(w.base)).toHaveLength(2)
    expect(await fault(w.actor.push(BRANCH, await commit(), null))).toMatchObject({ code: 'GIT_UNAUTHORISED' })
    expect(await w.head(BRANCH)).toBeNull()
  })

  test.each<[GitTrouble['kind'], GitTrouble]>([
    ['after', { kind: 'after', status: 502 }],
    ['cut-after', { kind: 'cut-after' }],
  ])('a push whose answer is lost (%s) is found to have arrived', async (_, what) => {
    const sha = await commit()
    faulty(PUSH, what)
    expect(await w.actor.push(BRANCH, sha, null)).toBe('pushed')
    expect(await w.head(BRANCH)).toBe(sha)
  })

  test.each<[GitTrouble['kind'], GitTrouble]>([
    ['before', { kind: 'before', status: 503 }],
    ['cut-before', { kind: 'cut-before' }],
  ])('a push that never arrived (%s) is no push, and the next one is', async (_, what) => {
    const sha = await commit()
    // As often as curl tries again by itself.
    faulty(PUSH, what, 9)
    expect(await fault(w.actor.push(BRANCH, sha, null))).toMatchObject({ code: 'GIT_UNREACHABLE' })
    expect(await w.head(BRANCH)).toBeNull()
    w.host.faults.length = 0
    expect(await w.actor.push(BRANCH, sha, null)).toBe('pushed')
  })

  test('where nobody can be asked afterwards, the first trouble is what is told', async () => {
    const sha = await commit()
    faulty(PUSH, { kind: 'cut-after' })
    faulty(/git-upload-pack/, { kind: 'before', status: 500 }, 99)
    expect(await fault(w.actor.push(BRANCH, sha, null))).toMatchObject({ code: 'GIT_UNREACHABLE' })
    w.host.faults.length = 0
    expect(await w.another().push(BRANCH, sha, null)).toBe('pushed')
  })

  test('a branch that somebody moved while the answer was lost is moved', async () => {
    const sha = await commit()
    const theirs = await w.commitElsewhere('staging')
    faulty(PUSH, { kind: 'cut-after' })
    const tree = (await w.actor.commit(sha)).tree
    const merge = await w.actor.composeCommit({ parents: [w.base, sha], tree, message: 'Merge\n', at: AT })
    expect(await w.actor.push('staging', merge, w.base)).toBe('moved')
    expect(await w.head('staging')).toBe(theirs)
  })

  test('a host that is down is said, and asked again', async () => {
    const sha = await commit()
    await w.host.close()
    expect(await fault(w.actor.head('main'))).toMatchObject({
      code: 'GIT_UNREACHABLE',
      detail: expect.stringContaining(w.host.host),
    })
    expect(await fault(w.actor.push(BRANCH, sha, null))).toMatchObject({ code: 'GIT_UNREACHABLE' })
  })

  test('a rule of the host keeps a branch where it is, in its own words', async () => {
    plantHook(w.origin, 'pre-receive', '/dev/null; echo "main is protected"; exit 1')
    expect(await fault(w.actor.push(BRANCH, await commit(), null))).toMatchObject({
      ...{ code: 'BRANCH_PROTECTED', detail: expect.stringContaining('pre-receive hook declined') },
    })
  })

  test('a repository that is not there is said', async () => {
    const gone = {
      ...w.project,
      slug: 'gone',
      settings: { ...w.project.settings, repository: `${w.host.url}/gone.git` },
    }
    expect(await fault(open(w.home, gone, w.far).files(w.base))).toMatchObject({ code: 'CODE_UNREACHABLE' })
  })

  test('ten that fetch at once into one mirror all see what there is', async () => {
    const late = await w.commitElsewhere('main')
    const listings = await Promise.all(Array.from({ length: 10 }, () => w.another().files(late)))
    expect(listings.every((files) => files.length === 2)).toBe(true)
  })
})
