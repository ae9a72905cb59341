import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Deployment {
  id: string
  sha: string
  environment: string
  key: string
  state: 'ready' | 'failed'
  why: string | null
}

export interface FakePlatform {
  url: string
  /** What was done to it, in order: `put`, `build staging`, `promote staging`. */
  done: string[]
  env: Record<string, Record<string, string>>
  serving: Record<string, Deployment>
  /** Builds fail while this is set; a key keeps its outcome. */
  broken: boolean
  close(): void
}

/** The platform's part in putting an app up for the first time, with its rules: same key same build, compare-and-set. */
export async function fakePlatform(): Promise<FakePlatform> {
  const deployments = new Map<string, Deployment>()
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const { status, json } = answer(request.method ?? '', request.url ?? '', text ? JSON.parse(text) : {})
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const fake: FakePlatform = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    done: [],
    env: {},
    serving: {},
    broken: false,
    close: () => server.close(),
  }

  function answer(method: string, url: string, body: Record<string, unknown>): { status: number; json: unknown } {
    const [, target = '', action] = /\/targets\/(\w+)(\/promote)?$/.exec(url) ?? []
    if (method === 'PUT') return put(body.targets as Record<string, { env: Record<string, string> }>)
    if (method === 'POST' && action) return promote(target, String(body.deployment), body.expected)
    if (method === 'POST') return build(body as { sha: string; environment: string; key: string })
    const now = fake.serving[target]
    if (!now) return { status: 404, json: { error: { code: 'not_found', message: 'nothing serves' } } }
    return { status: 200, json: { environment: target, deployment: now.id, sha: now.sha, url: 'http://127.0.0.1:1' } }
  }

  function put(targets: Record<string, { env: Record<string, string> }>) {
    fake.done.push('put')
    for (const [name, { env }] of Object.entries(targets)) fake.env[name] = env
    return { status: 200, json: {} }
  }

  function build(wanted: { sha: string; environment: string; key: string }) {
    const known = deployments.get(wanted.key)
    if (known) return { status: 200, json: known }
    fake.done.push(`build ${wanted.environment}`)
    const outcome = fake.broken
      ? { state: 'failed' as const, why: 'npm ci ended with 1' }
      : { state: 'ready' as const, why: null }
    const made = { ...wanted, ...outcome, id: `d${deployments.size + 1}` }
    deployments.set(wanted.key, made)
    return { status: 202, json: made }
  }

  function promote(target: string, id: string, expected: unknown) {
    const found = [...deployments.values()].find((deployment) => deployment.id === id)
    if (!found || expected !== (fake.serving[target]?.id ?? null))
      return { status: 409, json: { error: { code: 'moved' } } }
    fake.serving[target] = found
    fake.done.push(`promote ${target}`)
    return { status: 200, json: {} }
  }

  return fake
}
