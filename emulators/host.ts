import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Deployment, Serving } from '../lib/domain/deployment.ts'
import type { Environment } from '../lib/domain/event.ts'
import { bytesOf, type Listening, listen } from './listen.ts'

/** What a host can do to a call that changes something. `lost`: does it, and the answer never arrives. */
export type Mood = 'well' | 'lost' | 'nothing'

/** A host that deploys apps, in memory, behind the local platform's API: builds at once, and writes down what it did. */
export interface EmulatedHost extends Listening {
  token: string
  /** Every change, in order: the witness. */
  log: { what: 'created' | 'promoted' | 'rolled-back'; environment: Environment; sha: string; deployment: string }[]
  serving: Partial<Record<Environment, Serving>>
  /** Status its apps answer with, by path; 200 otherwise. */
  answers: Record<string, number>
  mood: Mood
}

interface Asked {
  method: string
  /** After `/apps/<name>`. */
  path: string[]
  query: URLSearchParams
  body: Record<string, unknown>
}

type Told = { status: number; body: unknown }

export async function emulateHost(sha: string): Promise<EmulatedHost> {
  const builds: (Deployment & { key: string })[] = []
  const listening = await listen((request, response) => void answer(request, response))
  const { url } = listening
  const host: EmulatedHost = {
    ...{ ...listening, token: 'token-of-the-emulated-host', log: [], serving: {}, answers: {}, mood: 'well' },
  }
  for (const environment of ['production', 'staging'] as const) {
    const first = build(environment, sha, `first-${environment}`)
    host.serving[environment] = {
      environment,
      deployment: first.id,
      revision: 1,
      sha,
      url,
    }
  }

  function build(environment: Environment, commit: string, key: string) {
    const id = `dpl-${builds.length + 1}`
    const made = {
      id,
      sha: commit,
      environment,
      state: 'ready' as const,
      url,
      at: '',
      why: null,
      key,
    }
    builds.push(made)
    return made
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    const [place, , ...path] = pathname.split('/').slice(1)
    // Whatever is no call to the API is a request to one of its apps.
    if (place !== 'apps') {
      response.writeHead(host.answers[pathname] ?? 200).end()
      return
    }
    const text = (await bytesOf(request)).toString('utf8')
    const { method = 'GET' } = request
    const told = call({ method, path, query: searchParams, body: text ? JSON.parse(text) : {} })
    if (method === 'POST' && host.mood === 'lost') response.destroy()
    else response.writeHead(told.status, { 'content-type': 'application/json' }).end(JSON.stringify(told.body))
  }

  function call({ method, path, query, body }: Asked): Told {
    const [noun, id, verb] = path
    const environment = id as Environment
    if (noun === 'traffic') return { status: 200, body: { traffic: [] } }
    if (noun === 'targets' && verb) return shift(environment, verb === 'promote' ? 'promoted' : 'rolled-back', body)
    if (noun === 'targets') return found(host.serving[environment])
    if (method === 'POST') return create(body)
    if (id) return found(builds.find((one) => one.id === id))
    return { status: 200, body: builds.filter((one) => one.key === query.get('key')) }
  }

  const found = (one: unknown): Told => (one ? { status: 200, body: one } : { status: 404, body: {} })

  function create(body: Record<string, unknown>): Told {
    const { sha: commit, environment, key } = body as { sha: string; environment: Environment; key: string }
    const known = builds.find((one) => one.key === key)
    if (known) return { status: 200, body: known }
    if (host.mood === 'nothing') return { status: 202, body: { ...build(environment, commit, ''), id: 'dpl-0' } }
    const made = build(environment, commit, key)
    host.log.push({ what: 'created', environment, sha: commit, deployment: made.id })
    return { status: 202, body: made }
  }

  function shift(environment: Environment, what: 'promoted' | 'rolled-back', body: Record<string, unknown>): Told {
    const { deployment, expected, revision } = body as { deployment: string; expected: string; revision: number }
    const now = host.serving[environment]!
    const target = builds.find((one) => one.id === deployment)
    if (!target) return { status: 404, body: {} }
    if (now.deployment !== expected || now.revision !== revision) return { status: 409, body: { serving: now } }
    if (host.mood !== 'nothing') {
      host.serving[environment] = { ...now, deployment, sha: target.sha, revision: now.revision + 1 }
      host.log.push({ what, environment, sha: target.sha, deployment })
    }
    return { status: 200, body: host.serving[environment] }
  }
  return host
}
