import fs from 'node:fs'
import { join } from 'node:path'
import * as git from 'isomorphic-git'
import { type GitAddress, gitAddress } from '../../domain/gitAddress.ts'
import type { GitLogin } from '../../domain/gitLogin.ts'
import type { Project } from '../../domain/project.ts'
import type { Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import type { Branch } from '../../world.ts'
import { farFault } from '../git/far.ts'
import type { Far } from '../git/reach.ts'
import { clientWith } from './http.ts'

type Https = Extract<GitAddress, { kind: 'https' }>

/** Our own copy of a repository, read and written by the library alone. */
export interface Store {
  fs: typeof fs
  gitdir: string
  /** What the library remembers of packs; without it each object is looked for from the start. */
  cache: object
  address: Https
  cafile: string | undefined
  /** Headers that show the login, as it is now. */
  headers(): Promise<Record<string, string>>
  fetching: Promise<void>
}

const stores = new Map<string, Promise<Store>>()

/** Once a process and zone: packs are indexed once. */
export function storeOf(home: string, project: Project, far: Far, zone: 'read' | 'write'): Promise<Store> {
  const gitdir = join(home, 'mirrors', `${project.slug}.${zone}.iso.git`)
  const key = `${gitdir} ${project.settings.repository}`
  const known = stores.get(key) ?? open(gitdir, project, far)
  stores.set(key, known)
  known.catch(() => stores.delete(key))
  return known
}

async function open(gitdir: string, project: Project, far: Far): Promise<Store> {
  const address = gitAddress(project.settings.repository)
  if (address?.kind !== 'https') {
    const why = address?.kind === 'ssh' ? 'SSH takes the programs git and ssh' : 'the library speaks HTTPS alone'
    throw new Fault('GIT_PROGRAM_MISSING', `Without git an address begins with https://: ${why}.`)
  }
  if (far.proxy) throw new Fault('GIT_PROGRAM_MISSING', 'GIT_PROXY takes the program git.')
  await fs.promises.mkdir(gitdir, { recursive: true, mode: 0o700 })
  await git.init({ fs, gitdir, bare: true, defaultBranch: 'main' })
  const path = 'remote.origin.fetch'
  await git.setConfig({ fs, gitdir, path, value: '+refs/heads/*:refs/remotes/origin/*' })
  const headers = async () => headersOf(await far.login(project, address), address)
  return { fs, gitdir, cache: {}, address, cafile: far.cafile, headers, fetching: Promise.resolve() }
}

function headersOf(login: GitLogin, { host }: Https): Record<string, string> {
  if (login.kind === 'none') return {}
  if (login.host !== host)
    throw new Fault('GIT_UNAUTHORISED', `What was given is for ${login.host}, and ${host} is not shown it.`)
  if (login.kind === 'key')
    throw new Fault('GIT_UNAUTHORISED', 'What was made is a key, and over HTTPS it takes a token.')
  return { authorization: `Basic ${Buffer.from(`${login.user}:${login.token}`).toString('base64')}` }
}

/** The library's errors and Node's, in our words; neither says a header. */
export async function faulted<T>({ address }: Store, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault) throw error
    const { code = '', message = String(error), data } = error as { code?: string; message?: string; data?: object }
    const status = (data as { statusCode?: number } | undefined)?.statusCode
    const said = status
      ? `error: ${status}`
      : `${/CERT|SIGNED|ISSUER/.test(code) ? 'certificate ' : ''}${code} ${message}`
    throw farFault(/^(?:ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE)/.test(code) ? `Connection: ${said}` : said, {
      address,
    })
  }
}

/** The branch's head as the far side says now. */
export async function remoteHead(store: Store, branch: string): Promise<Sha | null> {
  const ref = `refs/heads/${branch}`
  return (await refs(store, ref)).find((one) => one.ref === ref)?.oid ?? null
}

const HEADS = 'refs/heads/'

export const remoteBranches = async (store: Store): Promise<Branch[]> =>
  (await refs(store, HEADS)).map(({ ref, oid }) => ({ name: ref.slice(HEADS.length), head: oid }))

const refs = (store: Store, prefix: string) =>
  faulted(store, async () => {
    const http = clientWith(store.cafile)
    const headers = await store.headers()
    return git.listServerRefs({ http, url: store.address.remote, headers, prefix, protocolVersion: 2 })
  })

/** One at a time: two would write the same packs. */
export function fetch(store: Store): Promise<void> {
  const next = store.fetching
    .catch(() => undefined)
    .then(() =>
      faulted(store, async () => {
        const http = clientWith(store.cafile)
        const { fs, gitdir, cache, address } = store
        const far = { url: address.remote, remote: 'origin', headers: await store.headers() }
        await git.fetch({ fs, http, gitdir, cache, ...far, singleBranch: false, tags: false, prune: true })
      }),
    )
  store.fetching = next
  return next
}

/** Whether the commit is here, fetching once if it was not. */
export async function has(store: Store, sha: Sha): Promise<boolean> {
  const { fs, gitdir, cache } = store
  const known = () =>
    git.readCommit({ fs, gitdir, cache, oid: sha }).then(
      () => true,
      () => false,
    )
  if (!/^[0-9a-f]{40}$/.test(sha)) return false
  if (await known()) return true
  await fetch(store)
  return known()
}
