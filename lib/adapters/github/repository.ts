import type { GithubLogin } from '../../domain/codeChoice.ts'
import type { Project } from '../../domain/project.ts'
import type { Commit, Entry, Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { Recent } from '../recent.ts'
import { type Api, githubClient } from './client.ts'
import { type Permissions, type Place, tokensFor } from './login.ts'

export interface GithubOptions {
  apiUrl: string
  login: GithubLogin
  /** `false`: see `ClientOptions`. */
  paced?: boolean
  attemptMs?: number
  /** Where our own pages are. */
  pages?: string
}

/** A commit with its whole message. */
export interface Known extends Commit {
  message: string
}

/** One repository as one zone reaches it, with what it has seen of it: objects never change. */
export interface GithubRepository extends Place {
  /** Commits are signed by GitHub: an App's are, a person's are not. */
  signed: boolean
  begin(ms?: number): Api
  commits: Recent<Known>
  /** By the tree's id. */
  listings: Recent<Entry[]>
  blobs: Recent<Buffer>
  /** Commits made here, by what they were made of. */
  composed: Recent<Promise<Sha>>
  /** Commits whose tree holds a blob, so that many can be had in one archive. */
  sources: Recent<{ sha: Sha; oids: Set<Oid> }>
}

const COMMITS = 2000
/** Entries of all listings together; one of a large repository is dropped when the next one comes. */
const ENTRIES = 400_000
const BLOB_BYTES = 64 * 1024 * 1024
const COMPOSED = 500
const SOURCES = 3

/** Repositories by name, each with one login, one queue and one memory for the whole process. */
export function repositories(options: GithubOptions, wanted: Permissions): (project: Project) => GithubRepository {
  const open = new Map<string, GithubRepository>()
  return (project) => {
    const place = placeOf(project.settings.repository)
    const name = `${place.owner}/${place.repo}`.toLowerCase()
    const known = open.get(name) ?? opened(options, place, wanted)
    open.set(name, known)
    return known
  }
}

let queues = 0

function opened(options: GithubOptions, place: Place, wanted: Permissions): GithubRepository {
  const { login, apiUrl, paced, attemptMs } = options
  const id = `${place.owner}/${place.repo} ${++queues}`
  // Tokens are fetched in a queue of their own: whoever waits for one holds a place in the other.
  const door = githubClient({ apiUrl, paced, attemptMs, id: `${id} login`, token: async () => '' })
  const token = tokensFor(login, place, wanted, () => door.begin())
  const client = githubClient({ apiUrl, paced, attemptMs, id, token })
  const begin = (ms?: number): Api => {
    const { call, graphql } = client.begin(ms)
    return { call: (route, parameters, how) => call(route, { ...parameters, ...place }, how), graphql }
  }
  return {
    ...place,
    ...{ signed: login.kind === 'app', begin },
    commits: new Recent(COMMITS),
    listings: new Recent(ENTRIES, (entries) => entries.length + 1),
    blobs: new Recent(BLOB_BYTES, (bytes) => bytes.length + 64),
    composed: new Recent(COMPOSED),
    sources: new Recent(SOURCES),
  }
}

const NAME = /^(?:https:\/\/[a-z0-9.-]+(?::\d+)?\/)?([a-z0-9](?:[a-z0-9-]{0,38}))\/([a-z0-9._-]{1,100}?)(?:\.git)?\/?$/i

/** `owner/name`, or the address of its page or clone. */
export function placeOf(repository: string): Place {
  const [, owner = '', repo = ''] = NAME.exec(repository) ?? []
  if (!owner || /^\.{0,2}$/.test(repo))
    throw new Fault('CODE_UNREACHABLE', 'On GitHub a project’s repository is called owner/name.')
  return { owner, repo }
}
