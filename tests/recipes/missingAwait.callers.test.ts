import { expect, test, vi } from 'vitest'
import { missingAwait } from '../../lib/recipes/missingAwait.ts'
import { ask, BUNDLED, COMMONJS, type Files, type Told, textOf } from './project.ts'

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
