import { expect, test } from 'vitest'
import { bodyParsing } from '../../lib/recipes/bodyParsing.ts'
import { openTypes } from '../../lib/recipes/types.ts'
import { caseOf, DISK } from './diff.ts'

const PATIENCE_MS = 60_000
const HTTP = `export class BadRequest extends Error {}
export async function readJson(req) {
  try {
    return JSON.parse(await readText(req))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new BadRequest('body is not JSON')
  }
}
export async function readText(req) {}
`
const APP = `import { BadRequest } from './http.js'
export function fail(res, error) {
  if (error instanceof BadRequest) return json(res, 400, { error: error.message })
  return json(res, 500, {})
}
`
const IMPORTED = `
-import { json, readText } from '../http.js'
+import { json, readJson } from '../http.js'

 export async function save(req, res) {
-  const answers = JSON.¦parse(await readText(req))
+  const answers = await readJson(req)
   if (!answers) return json(res, 400, { error: 'no answers' })
   return json(res, 200, answers)
 }
`
const OWN = `
 class Unreadable extends Error {
   status = 400
 }
 function parse(text) {
   try {
     return JSON.parse(text)
   } catch {
     throw new Unreadable('not JSON')
   }
 }
 export function show(req, res) {
-  return json(res, 200, JSON.¦parse(req.query.filter))
+  return json(res, 200, parse(req.query.filter))
 }
`

/** The first proposal's text, and how many there are. */
function first(diff: string, http = HTTP, app = APP, path = 'src/routes/launch.js') {
  const others = { 'src/http.js': http, 'src/app.js': app }
  const { input, after } = caseOf(diff, { type: 'SyntaxError', message: 'Unexpected end of JSON input', path, others })
  const answers = bodyParsing(input, openTypes(input.files, DISK))
  const texts = answers.map((answer) => (answer.ok ? answer.proposal.edits[0]?.text : answer.why))
  return { texts, after, answers }
}

test.each([
  ['of a module', IMPORTED, 'Reads the body with readJson() of src/http.js, whose error is answered with 400.'],
  ['of the same file', OWN, 'Reads the filter with parse(), whose error is answered with 400.'],
])('a helper %s that does the same comes first', (_, diff, summary) => {
  const { texts, after, answers } = first(diff)
  expect(texts).toHaveLength(2)
  expect(texts[0]).toBe(after)
  expect(texts[1]).toContain('instanceof SyntaxError')
  expect(answers[0]).toMatchObject({ ok: true, proposal: { summary } })
})

test('what is still used stays imported, and the list stays sorted', () => {
  const still = IMPORTED.replace('json, readJson', 'json, readJson, readText').replace(
    ' export async',
    ' export const text = (req) => readText(req)\n export async',
  )
  const { texts, after } = first(still)
  expect(texts[0]).toBe(after)
})

test.each([
  ['another status', IMPORTED, HTTP, APP.replace('400', '409')],
  ['no answer of the app', IMPORTED, HTTP, ''],
  [
    'a helper that is not exported',
    IMPORTED,
    HTTP.replace('export async function readJson', 'async function readJson'),
    APP,
  ],
  ['a helper that checks more', IMPORTED, HTTP.replace('  try {', '  check(req)\n  try {'), APP],
  ['a helper that reads otherwise', IMPORTED, HTTP.replace('await readText(req)', 'await readText(req, 9)'), APP],
  ['a helper that forgets', IMPORTED, HTTP.replace("throw new BadRequest('body is not JSON')", 'return null'), APP],
  [
    'a helper whose names are others here',
    IMPORTED.replace(
      "{ json, readText } from '../http.js'",
      "{ json } from '../http.js'\n import { readText } from './text.js'",
    ),
    HTTP,
    APP,
  ],
  ['a name that is taken', IMPORTED.replace(' export async', ' const readJson = 1\n export async'), HTTP, APP],
  [
    'a catch around it',
    OWN.replace(' return json(res', ' try { return json(res').replace(
      'query.filter))',
      'query.filter)) } catch { fail(res) }',
    ),
    HTTP,
    APP,
  ],
  [
    'a function that cannot await',
    IMPORTED.replace('async ', '').replace('await ', ''),
    HTTP.replace('await readText', 'readText'),
    APP,
  ],
  [
    'a callback nobody answers for',
    OWN.replace(' export function show(req, res) {', " export function show(req, res) { req.on('end', () => {").replace(
      '   return json(res, 200, parse(req.query.filter))\n }',
      '   return json(res, 200, parse(req.query.filter))\n })}',
    ),
    HTTP,
    APP,
  ],
])('no helper: %s', (_, diff, http, app) => {
  const { texts } = first(diff.replace(/^\+.*\n/gm, '').replace(/^-/gm, ' '), http, app)
  expect(texts).toHaveLength(1)
  expect(texts[0]).not.toMatch(/await readJson\(req\)|200, parse\(/)
})

const TYPED = `
-import { json, readText } from '../http.ts'
+import { json, readJson } from '../http.ts'

 export async function save(req: Request, res: unknown) {
-  const answers = JSON.¦parse(await readText(req))
+  const answers = await readJson(req)
   return json(res, 200, answers.length)
 }
`
const typedHttp = (type: string): string => `${HTTP.replaceAll('(req)', '(req: Request)')
  .replace('parse(await readText(req: Request))', 'parse(await readText(req))')
  .replace('readJson(req: Request)', `readJson(req: Request): Promise<${type}>`)
  .replace('readText(req: Request) {}', "readText(req: Request) { return '' }")}
export function json(res: unknown, status: number, body: unknown) {}
`

test.each([
  ['string[]', 2],
  ['unknown', 1],
])('a helper that gives %s is proposed only where that still type-checks', { timeout: PATIENCE_MS }, (type, count) => {
  const { input } = caseOf(TYPED, {
    type: 'SyntaxError',
    message: 'Unexpected end of JSON input',
    others: { 'src/http.ts': typedHttp(type), 'src/app.ts': APP },
  })
  const withIdiom = {
    ...input,
    files: {
      ...input.files,
      'tsconfig.json': '{"compilerOptions":{"strict":true,"types":[],"lib":["ES2023","DOM"],"module":"nodenext"}}',
      'package.json': '{"type":"module"}',
    },
  }
  expect(bodyParsing(withIdiom, openTypes(withIdiom.files, DISK)).filter(({ ok }) => ok)).toHaveLength(count)
})
