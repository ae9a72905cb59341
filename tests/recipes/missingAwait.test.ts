import { expect, test, vi } from 'vitest'
import { missingAwait } from '../../lib/recipes/missingAwait.ts'
import { ask, BUNDLED, COMMONJS, ESM, type Files, type Told, textOf } from './project.ts'

const ROWS: Files = {
  'src/rows.ts': `export interface Row { id: string; free: boolean }
export async function load(id: string): Promise<Row[]> {
  return [{ id, free: true }]
}
export async function page(id: string): Promise<{ rows: Row[]; next: string }> {
  return { rows: await load(id), next: id }
}
`,
}
const FILTER = 'week.filter is not a function'

const CASES: Record<string, [Told, Files?]> = {
  'a call awaited where it stands': [
    {
      message: FILTER,
      files: ROWS,
      diff: `
 import { load } from '../rows.ts'
 export async function show(id: string) {
-  const week = load(id)
+  const week = await load(id)
   return week.¦filter((row) => row.free)
 }
`,
    },
  ],
  'behind a cache, so that the cache holds values': [
    {
      message: FILTER,
      files: ROWS,
      diff: `
 import { load } from '../rows.ts'
 const weeks = new Map()
 export async function show(id: string) {
-  const week = weeks.get(id) ?? load(id)
+  const week = weeks.get(id) ?? (await load(id))
   weeks.set(id, week)
   return week.¦filter((row: { free: boolean }) => row.free)
 }
`,
    },
  ],
  'behind || with semicolons, in a class': [
    {
      message: 'rows.map is not a function',
      files: ROWS,
      diff: `
 import { load } from "../rows.ts";
 export class Rota {
   cache: any = {};
   async show(id: string) {
-    const rows = this.cache[id] || load(id);
+    const rows = this.cache[id] || (await load(id));
     return rows.¦map((row: { id: string }) => row.id);
   }
 }
`,
    },
  ],
  'in one branch of a condition': [
    {
      message: FILTER,
      files: ROWS,
      diff: `
 import { load } from '../rows.ts'
 export async function show(id: string, known: any) {
-  const week = known ? known[id] : load(id)
+  const week = known ? known[id] : (await load(id))
   return week.¦filter(Boolean)
 }
`,
    },
  ],
  'in one expression, in parentheses': [
    {
      message: 'load(...).filter is not a function',
      files: ROWS,
      diff: `
 import { load } from '../rows.ts'
 export const show = async (id: string) => {
-  return load(id).¦filter((row) => row.free)
+  return (await load(id)).filter((row) => row.free)
 }
`,
    },
  ],
  'a line that would go on from the one before': [
    {
      message: 'load(...).forEach is not a function',
      files: ROWS,
      diff: `
 import { load } from '../rows.ts'
 export async function show(id: string) {
   const seen: string[] = []
-  load(id).¦forEach((row) => seen.push(row.id))
+  ;(await load(id)).forEach((row) => seen.push(row.id))
   return seen
 }
`,
    },
  ],
  'a list that is gone through': [
    {
      message: 'rows is not iterable',
      files: ROWS,
      diff: `
 import { load } from '../rows.ts'
 export async function show(id: string) {
-  const rows = load(id)
+  const rows = await load(id)
   for (const row of ¦rows) console.log(row)
 }
`,
    },
    { ...ESM, 'src/console.d.ts': 'declare const console: { log(...all: unknown[]): void }\n' },
  ],
  'a list that is taken apart': [
    {
      message: 'load is not a function or its return value is not iterable',
      files: ROWS,
      diff: `
 import { load } from '../rows.ts'
 export async function show(id: string) {
-  const [first] = ¦load(id)
+  const [first] = await load(id)
   return first
 }
`,
    },
  ],
  'a property of a promise': [
    {
      message: "Cannot read properties of undefined (reading 'length')",
      files: ROWS,
      diff: `
 import { page } from '../rows.ts'
 export async function show(id: string) {
-  const found = page(id)
+  const found = await page(id)
   return found.rows.¦length
 }
`,
    },
  ],
  'destructuring a promise': [
    {
      message: "Cannot read properties of undefined (reading 'length')",
      files: ROWS,
      diff: `
 import { page } from '../rows.ts'
 export async function show(id: string) {
-  const { rows } = page(id)
+  const { rows } = await page(id)
   return rows.¦length
 }
`,
    },
  ],
  'destructuring what a promise has not': [
    {
      message: "Cannot destructure property 'next' of 'found.rows' as it is undefined.",
      files: { 'src/rows.ts': 'export const page = async (id: string) => ({ rows: { next: id } })\n' },
      diff: `
 import { page } from '../rows.ts'
 export async function show(id: string) {
-  const found = page(id)
+  const found = await page(id)
   const { ¦next } = found.rows
   return next
 }
`,
    },
  ],
  'an argument Node refuses': [
    {
      type: 'TypeError [ERR_INVALID_ARG_TYPE]',
      message: 'The "chunk" argument must be of type string or an instance of Buffer. Received an instance of Promise',
      path: 'src/show.js',
      diff: `
 async function render(id) {
   return String(id)
 }
 export async function show(req, res) {
-  const page = render(req.url)
+  const page = await render(req.url)
   ¦res.end(page)
 }
`,
    },
  ],
  'text that is parsed': [
    {
      type: 'SyntaxError',
      message: '"[object Promise]" is not valid JSON',
      files: { 'src/rows.ts': "export const text = async (): Promise<string> => '{}'\n" },
      diff: `
 import { text } from '../rows.ts'
 export async function show() {
-  return JSON.¦parse(text())
+  return JSON.parse(await text())
 }
`,
    },
  ],
  'a method by its name, where nothing has a type': [
    {
      message: "Cannot read properties of undefined (reading 'name')",
      path: 'src/show.js',
      files: {
        'src/store.js':
          'class Store {\n  async findPractice(id) {\n    return { owner: { name: id } }\n  }\n}\nmodule.exports = { Store }\n',
      },
      diff: `
 module.exports.show = async function (req, res) {
-  const practice = req.app.store.findPractice(req.params.id)
+  const practice = await req.app.store.findPractice(req.params.id)
   res.json({ name: practice.owner.¦name })
 }
`,
    },
    COMMONJS,
  ],
  'a route of Fastify that is made async': [
    {
      message: FILTER,
      path: 'src/app.js',
      files: ROWS,
      diff: `
 import fastify from 'fastify'
 import { load } from './rows.ts'
 const app = fastify()
-app.get('/week', (request, reply) => {
-  const week = load(request.query.id)
+app.get('/week', async (request, reply) => {
+  const week = await load(request.query.id)
   return week.¦filter((row) => row.free)
 })
`,
    },
  ],
  'a route of Express 5 that is made async': [
    {
      message: FILTER,
      path: 'src/app.js',
      files: { 'src/rows.js': 'exports.load = async (id) => [{ id }]\n' },
      diff: `
 const router = require('express').Router();
 const { load } = require('./rows');
-router.get('/week', function (req, res) {
-  const week = load(req.query.id);
+router.get('/week', async function (req, res) {
+  const week = await load(req.query.id);
   res.json(week.¦filter((row) => row.free));
 });
`,
    },
    COMMONJS,
  ],
  'a route handler of Next.js that is made async': [
    {
      message: FILTER,
      path: 'app/api/week/route.ts',
      files: { 'lib/rows.ts': ROWS['src/rows.ts']! },
      diff: `
 import { load } from '../../../lib/rows'
-export function GET() {
-  const week = load('1')
+export async function GET() {
+  const week = await load('1')
   return Response.json(week.¦filter((row) => row.free))
 }
`,
    },
    BUNDLED,
  ],
  'a function whose callers all wait': [
    {
      message: FILTER,
      files: {
        ...ROWS,
        'src/app.ts':
          "import { show } from './routes/launch.ts'\nexport const app = async () => ({ free: await show('1') })\n",
      },
      diff: `
 import { load } from '../rows.ts'
-export function show(id: string) {
-  const week: any = load(id)
+export async function show(id: string) {
+  const week: any = await load(id)
   return week.¦filter((row: { free: boolean }) => row.free)
 }
`,
    },
  ],
  'a router nobody knows, beside handlers that are async': [
    {
      message: FILTER,
      path: 'src/app.js',
      files: { ...ROWS, 'package.json': '{"type":"module"}' },
      diff: `
 import { router } from 'elsewhere'
 import { load } from './rows.ts'
 router.post('/week', async (call) => load(call.id))
-router.get('/week', (call) => {
-  const week = load(call.id)
+router.get('/week', async (call) => {
+  const week = await load(call.id)
   return week.¦filter(Boolean)
 })
`,
    },
  ],
  'a callback whose promise is asked for': [
    {
      message: FILTER,
      files: ROWS,
      diff: `
 import { load } from '../rows.ts'
 declare function handle(on: (id: string) => Promise<unknown>): void
-handle((id) => {
-  const week: any = load(id)
+handle(async (id) => {
+  const week: any = await load(id)
   return week.¦filter(Boolean)
 })
`,
    },
  ],
  'a handler given to a table that takes anything': [
    {
      message: FILTER,
      files: {
        ...ROWS,
        'src/app.ts': `import { show } from './routes/launch.ts'
const route = (path: string, handler: (id: string) => unknown) => ({ path, handler })
export const table = [route('/week', show)]
`,
      },
      diff: `
 import { load } from '../rows.ts'
-export function show(id: string) {
-  const week: any = load(id)
+export async function show(id: string) {
+  const week: any = await load(id)
   return week.¦filter((row: { free: boolean }) => row.free)
 }
`,
    },
  ],
}

vi.setConfig({ testTimeout: 60_000 })

test.each(Object.entries(CASES))('%s', (_, [told, project]) => {
  const { answers, after } = ask(missingAwait, told, project)
  expect(textOf(answers[0])).toBe(after)
})

test('a promise handed to the function that trips over it is awaited by the caller', () => {
  const caller = `import { free } from './routes/launch.ts'
import { load } from './rows.ts'
export async function show(id: string) {
  return free(load(id) as any)
}
`
  const { answers } = ask(missingAwait, {
    message: FILTER,
    files: { ...ROWS, 'src/app.ts': caller },
    stack: ['src/app.ts:4'],
    diff: `
 export function free(week: any) {
   return week.¦filter((row: { free: boolean }) => row.free)
 }
`,
  })
  expect(answers[0]?.ok && answers[0].proposal.edits).toEqual([
    { path: 'src/app.ts', text: caller.replace('load(id)', 'await load(id)') },
  ])
})
