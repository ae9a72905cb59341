/** The files of a small app without dependencies, for repositories in tests. */

const SERVER = `import { createServer } from 'node:http'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
const { PORT, SENTRY_RELEASE, SENTRY_ENVIRONMENT } = process.env
const look = (path) => {
  try { return readFileSync(path, 'latin1') } catch (error) {
    if (error.code !== 'EISDIR') return error.code
    return readdirSync(path).join(' ')
  }
}
const write = (path) => { try { writeFileSync(path, 'x'); return 'written' } catch (error) { return error.code } }
createServer(async (request, response) => {
  const url = new URL(request.url, 'http://app')
  const wait = Number(url.searchParams.get('wait') ?? 0)
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
  const path = url.searchParams.get('path')
  let body = ''
  for await (const chunk of request) body += chunk
  const answers = {
    '/healthz': () => 'ok',
    '/who': () => VERSION + ' ' + SENTRY_RELEASE + ' ' + SENTRY_ENVIRONMENT,
    '/env': () => JSON.stringify(process.env),
    '/headers': () => JSON.stringify(request.headers),
    '/echo': () => request.method + ' ' + body,
    '/look': () => look(path),
    '/write': () => write(path),
    '/crash': () => { console.error('crashing now'); process.exit(3) },
    '/half': () => { response.write('half'); setTimeout(() => process.exit(4), 20); return null },
  }
  const answer = answers[url.pathname]
  response.statusCode = url.pathname.startsWith('/fail') ? 500 : 200
  const text = answer ? answer() : 'page'
  if (text !== null) response.end(text)
}).listen(Number(PORT), '127.0.0.1')
`

/** `manifest` is laid over a default `nightshift.json`; `files` are added. */
export function appFiles(
  version: string,
  manifest: Record<string, unknown> = {},
  files: Record<string, string> = {},
): Record<string, string> {
  const commands = { install: null, start: 'node server.mjs', test: { run: 'true', report: 'tap' }, ...manifest }
  return {
    'nightshift.json': JSON.stringify(commands),
    'server.mjs': `const VERSION = ${JSON.stringify(version)}\n${SERVER}`,
    ...files,
  }
}
