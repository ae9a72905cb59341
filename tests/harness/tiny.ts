import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import type { FixtureRequest } from '../../lib/domain/fixture.ts'
import type { AppCommands, HarnessResult } from '../../lib/domain/replay.ts'
import { COMPILED } from '../setup/compiled.ts'

/** What every tiny app has: a server, and an SDK of ten lines that posts an envelope by plain fetch. */
const SDK = `
import { createServer } from 'node:http'
const dsn = new URL(process.env.SENTRY_DSN)
export async function report(error, trace, line = 'const id = practice.id') {
  const chain = [error]
  while (chain.at(-1).cause) chain.push(chain.at(-1).cause)
  const frames = [{ filename: '/workspace/app.mjs', function: 'launch', lineno: 3, colno: 9, in_app: true, context_line: line }]
  const values = chain.reverse().map((one) => ({ type: one.name, value: one.message, stacktrace: { frames }, mechanism: { type: 'tiny', handled: false } }))
  const event = JSON.stringify({ event_id: 'a'.repeat(32), level: 'error', exception: { values }, ...(trace ? { contexts: { trace: { trace_id: trace } } } : {}) })
  const body = JSON.stringify({ event_id: 'a'.repeat(32) }) + '\\n' + JSON.stringify({ type: 'event', length: Buffer.byteLength(event) }) + '\\n' + event + '\\n'
  await fetch(dsn.origin + '/api' + dsn.pathname + '/envelope/', { method: 'POST', body })
}
export function serve(handle) {
  createServer((req, res) => {
    let text = ''
    req.on('data', (chunk) => { text += chunk })
    req.on('end', async () => {
      const answer = (status, value = {}) => { res.writeHead(status); res.end(JSON.stringify(value)) }
      if (req.url === '/healthz') return answer(200)
      const trace = String(req.headers['sentry-trace'] ?? '').split('-')[0]
      let body = {}
      try { body = JSON.parse(text) } catch {}
      await handle({ req, text, body, url: new URL(req.url, 'http://app'), trace, answer, fail: async (error) => { await report(error, trace); answer(500) } })
    })
  }).listen(Number(process.env.PORT), '127.0.0.1')
}
`

/** A fresh folder with the SDK and an app; removed after the test. */
export async function tinyApp(source: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ns-recipes-tiny-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'sdk.mjs'), SDK)
  await writeFile(join(folder, 'app.mjs'), `import { report, serve } from './sdk.mjs'\n${source}`)
  return folder
}

export const APP: AppCommands = { start: 'node app.mjs', health: '/healthz', prepare: null, env: {} }
export const TRACKED = ['app.mjs', 'sdk.mjs']

export const request = (path: string, body: unknown = null, headers: Record<string, string> = {}): FixtureRequest => ({
  method: body === null ? 'GET' : 'POST',
  path,
  headers: { ...(body === null ? {} : { 'content-type': 'application/json' }), ...headers },
  body: body === null ? null : JSON.stringify(body),
})

/** Runs one of our programs in a folder, as the sandbox does. */
export function runProgram(
  program: 'main' | 'repair' | 'search' | 'objections',
  folder: string,
  input: string,
  env: Record<string, string> = {},
): Promise<{ exit: number | null; stdout: string }> {
  const path = resolve(import.meta.dirname, `../../lib/harness/${program}.ts`)
  return new Promise((done, fail) => {
    const exactly = { PATH: '/usr/bin:/bin', HOME: '/tmp', ...COMPILED, ...env } as Record<
      string,
      string
    > as NodeJS.ProcessEnv
    const child = spawn(process.execPath, [path], { cwd: folder, env: exactly })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    child.on('error', fail)
    child.on('close', (exit) => (stderr === '' ? done({ exit, stdout }) : fail(new Error(stderr))))
    child.stdin.end(input)
  })
}

/** The answer of the main program to a task. */
export async function harness(folder: string, task: object, env: Record<string, string> = {}): Promise<HarnessResult> {
  const { exit, stdout } = await runProgram('main', folder, JSON.stringify(task), env)
  if (exit !== 0) throw new Error(`exit ${exit}: ${stdout}`)
  return JSON.parse(stdout)
}

export async function replayed(
  folder: string,
  requests: FixtureRequest[],
  more: object = {},
): Promise<Extract<HarnessResult, { kind: 'replay' }>> {
  const result = await harness(folder, { kind: 'replay', app: APP, requests, smoke: [], tracked: TRACKED, ...more })
  if (result.kind !== 'replay') throw new Error(JSON.stringify(result))
  return result
}
