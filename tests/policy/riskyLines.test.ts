import { expect, test } from 'vitest'
import { riskyLines } from '../../lib/policy/riskyLines.ts'

const before = 'import pg from \'pg\'\nimport { z } from "zod"\n'
const rules = (came: string[], went: string[] = []) =>
  riskyLines({ path: 'src/a.ts', came, went, before }).map((line) => line.rule)

test.each([
  ['fetch', "await fetch('https://example.com')", 'outbound'],
  ['axios', 'axios.post(url, body)', 'outbound'],
  ['https', 'https.get(url)', 'outbound'],
  ['sockets', 'net.connect(25)', 'outbound'],
  ['DNS', 'dns.resolveTxt(name)', 'outbound'],
  ['a process', "import { exec } from 'node:child_process'", 'outbound'],
  ['a web socket', 'new WebSocket(url)', 'outbound'],
  ['a beacon', 'navigator.sendBeacon(url)', 'outbound'],
  ['process.env', 'const key = process.env.KEY', 'environment'],
  ['spelt apart', 'process . env', 'environment'],
  ['by index', "process['env']", 'environment'],
  ['import.meta.env', 'import.meta.env.VITE_KEY', 'environment'],
  ['a package', "import left from 'left-pad'", 'dependency'],
  ['for its effects', "import 'left-pad'", 'dependency'],
  ['require', "const left = require('left-pad')", 'dependency'],
  ['dynamic import', "await import('left-pad')", 'dependency'],
  ['a remote import', "import x from 'https://example.com/x.js'", 'dependency'],
  ['Sentry', 'Sentry.init({ sampleRate: 0 })', 'telemetry'],
  ['beforeSend', 'beforeSend: () => null,', 'telemetry'],
  ['sign-in', 'if (!requireAuth(user)) return', 'auth'],
  ['authorize', 'authorize(user)', 'auth'],
  ['a session', 'req.session = null', 'auth'],
  ['CORS', "cors({ origin: '*' })", 'auth'],
  ['SQL', 'db.exec(`DELETE FROM patients`)', 'deletion'],
  ['drop', "db.exec('drop table patients')", 'deletion'],
  ['a file', 'fs.rmSync(folder)', 'deletion'],
  ['rows', 'await patients.deleteMany({})', 'deletion'],
])('%s', (_, line, rule) => {
  expect(rules([line])).toContain(rule)
})

test('what went counts where taking it away is the risk', () => {
  expect(rules([], ['Sentry.captureException(error)'])).toEqual(['telemetry'])
  expect(rules([], ["logger.warn('slow')"])).toEqual(['telemetry'])
  expect(rules([], ['if (!isAdmin(user)) return'])).toEqual(['auth'])
  expect(rules([], ['fetch(url)', 'process.env.KEY', "import a from 'left-pad'", 'rows.delete(1)'])).toEqual([])
})

test.each([
  "if (!practice) return json(res, 404, { error: 'practice not found' })",
  "return NextResponse.json({ error: 'campaign not found' }, { status: 404 })",
  "import { json } from './json.ts'",
  "import { json } from '@/lib/json'",
  "import { join } from 'node:path'",
  "import { Pool } from 'pg'",
  "import { ZodError } from 'zod'",
  'const author = book.author',
  "console.error('unexpected')",
  'const environment = deployment.environment',
  'const forgotten = prefetched',
])('harmless: %s', (line) => {
  expect(rules([line])).toEqual([])
})
