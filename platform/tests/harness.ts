import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { Deployment } from '../../lib/domain/deployment.ts'
import { COMPILED } from '../../tests/setup/compiled.ts'
import type { Entry } from '../state.ts'
import { makeRepository, type Repository } from './repository.ts'

export const TOKEN = 'a-token-for-tests-only'

/** A platform in a process of its own, in a temporary folder, with an app `shop` that has both targets. */
export interface Bench {
  folder: string
  home: string
  repository: Repository
  /** Address of the API. */
  api(): string
  call<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Reply<Body>>
  /** Address of a target's router. */
  address(environment: string): string
  /** Creates a deployment and waits until it is ready or failed. */
  deploy(sha: string, environment?: string): Promise<Deployment>
  promote(deployment: string, expected: string | null, environment?: string): Promise<Reply<Record<string, unknown>>>
  /** Log entries of the app that happened so far, by what they say. */
  logged(what?: string): Promise<Entry[]>
  /** Ends the process; answers its exit status. */
  kill(signal: NodeJS.Signals): Promise<number | null>
  /** Starts the process again on the same folder. */
  start(): Promise<void>
  end(): Promise<void>
}

export interface Reply<Body> {
  status: number
  body: Body
}

export async function openBench(env: Record<string, string> = {}, inside = 'home', mode = 0o755): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'ns-platform-'))
  chmodSync(folder, 0o755)
  const home = join(folder, inside)
  mkdirSync(home, { recursive: true })
  if (inside !== 'home') chmodSync(dirname(home), mode)
  const repository = makeRepository(folder)
  let child: ChildProcess
  let api = ''

  const bench: Bench = {
    folder,
    home,
    repository,
    api: () => api,
    async call<Body>(method: string, path: string, body?: unknown) {
      const headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }
      const text = body === undefined ? null : JSON.stringify(body)
      const response = await fetch(api + path, { method, headers, body: text })
      return { status: response.status, body: (await response.json()) as Body }
    },
    address: (environment) => addresses[environment] ?? '',
    async deploy(sha, environment = 'production') {
      const key = `${environment} ${sha} ${Math.random()}`
      const { body } = await bench.call<Deployment>('POST', '/apps/shop/deployments', { sha, environment, key })
      const path = `/apps/shop/deployments/${body.id}`
      return until(
        async () => (await bench.call<Deployment>('GET', path)).body,
        (deployment) => deployment.state !== 'building',
      )
    },
    promote: (deployment, expected, environment = 'production') =>
      bench.call('POST', `/apps/shop/targets/${environment}/promote`, { deployment, expected }),
    async logged(what) {
      const { body } = await bench.call<{ log: Entry[] }>('GET', '/apps/shop/log?after=0')
      const all = body.log
      return what === undefined ? all : all.filter((entry) => entry.what === what)
    },
    async kill(signal) {
      child.kill(signal)
      const [code] = await once(child, 'exit')
      return code
    },
    async start() {
      const main = join(import.meta.dirname, '..', 'main.ts')
      const own = { PLATFORM_HOME: home, PLATFORM_PORT: '0', PLATFORM_TOKEN: TOKEN, PATH: process.env.PATH ?? '' }
      const whole = { ...own, ...COMPILED, ...env } as Record<string, string> as NodeJS.ProcessEnv
      child = spawn(process.execPath, [main], { env: whole, stdio: ['ignore', 'pipe', 'inherit'] })
      const started = child
      process.once('exit', () => started.kill('SIGKILL'))
      const [line] = await once(createInterface({ input: child.stdout ?? process.stdin }), 'line')
      const said = JSON.parse(line)
      if (said.ready !== true) throw new Error(`the platform did not start: ${line}`)
      api = `http://127.0.0.1:${said.port}`
    },
    async end() {
      if (child.exitCode === null && child.signalCode === null) await bench.kill('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }

  const addresses: Record<string, string> = {}
  await bench.start()
  const targets = { production: { port: 0, env: { CLINIC_ENV: 'production' } }, staging: { port: 0 } }
  const registered = { repository: repository.path, targets }
  const { body } = await bench.call<{ targets: Record<string, { url: string }> }>('PUT', '/apps/shop', registered)
  for (const name of ['production', 'staging']) addresses[name] = body.targets[name]?.url ?? ''
  return bench
}

/** Asks until the answer is the one waited for; the test's own time limit ends it. */
export async function until<T>(ask: () => Promise<T>, right: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (right(answer)) return answer
    await delay(25)
  }
}

/** The text at an address; the status when it is not 200. */
export async function read(url: string): Promise<string> {
  const response = await fetch(url)
  const text = await response.text()
  return response.status === 200 ? text : String(response.status)
}
