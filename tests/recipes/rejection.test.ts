import { expect, test, vi } from 'vitest'
import { unhandledRejection } from '../../lib/recipes/rejection.ts'
import { ask, BUNDLED, COMMONJS, ESM, type Files, type Told, textOf } from './project.ts'

/** The clinic's way: handlers of any kind go into a table, and whoever reads it waits. */
const TABLE: Files = {
  'src/router.ts': `export interface Call { id: string; res: { end(text: string): void } }
export type Handler = (call: Call) => unknown
export const route = (pattern: string, handler: Handler) => ({ pattern, handler })
`,
  'src/routes.ts': `import { route } from './router.ts'
import { book } from './routes/book.ts'
export const routes = [route('POST /book', book)]
`,
}
const SAVE = `
 async function save(id: string) {
   await null
   throw new Error(¦id)
 }`
const handler = (before: string, after: string, head = '', tail = ''): string =>
  `
 import type { Call } from '../router.ts'${SAVE.replace(/\n/, '\n ')}
 export async function book({ id, res }: Call) {${head}
-  ${before}
+  ${after}${tail}
   res.end('ok')
 }
`.replace(/\n {2}async function save/, '\n async function save')

const ROUTE = 'src/routes/book.ts'
const CASES: Record<string, [Partial<Told> & { diff: string }, Files?]> = {
  'a handler in a table': [{ files: TABLE, diff: handler('save(id)', 'await save(id)') }],
  'with then, and nobody for the error': [
    { files: TABLE, diff: handler('save(id).then(() => id)', 'await save(id).then(() => id)') },
  ],
  'with finally': [{ files: TABLE, diff: handler('save(id).finally(() => id)', 'await save(id).finally(() => id)') }],
  'on a condition': [{ files: TABLE, diff: handler('if (id) save(id)', 'if (id) await save(id)') }],
  'behind &&': [{ files: TABLE, diff: handler('id && save(id)', 'id && (await save(id))') }],
  'behind a guard that has answered and left': [
    {
      files: TABLE,
      diff: handler('save(id)', 'await save(id)', "\n   if (!id) {\n     res.end('no')\n     return\n   }"),
    },
  ],
  'behind a guard that answers as it leaves': [
    { files: TABLE, diff: handler('save(id)', 'await save(id)', "\n   if (!id) return res.end('no')") },
  ],
  'on a line of the stack, before its first await': [
    {
      files: { ...TABLE, 'src/other.ts': 'export {}\n' },
      stack: [`${ROUTE}:6`],
      diff: `
 import type { Call } from '../router.ts'
 async function save(id: string) {
   throw new Error(¦id)
 }
 export async function book({ id, res }: Call) {
-  save(id)
+  await save(id)
   res.end('ok')
 }
 export async function other() {
   save('2')
 }
`,
    },
  ],
  'through a function that awaits': [
    {
      files: TABLE,
      stack: [`${ROUTE}:7`],
      diff: `
 import type { Call } from '../router.ts'
 async function save(id: string) {
   await null
   throw new Error(¦id)
 }
 async function note(id: string) {
   await save(id)
 }
 export async function book({ id, res }: Call) {
-  note(id)
+  await note(id)
   res.end('ok')
 }
`,
    },
  ],
  'through a function that hands the promise on': [
    {
      files: TABLE,
      diff: `
 import type { Call } from '../router.ts'
 async function save(id: string) {
   await null
   throw new Error(¦id)
 }
 const note = (id: string) => save(id)
 export async function book({ id, res }: Call) {
-  note(id)
+  await note(id)
   res.end('ok')
 }
`,
    },
  ],
  'a handler that was not async': [
    {
      files: TABLE,
      diff: handler('save(id)', 'await save(id)').replace(
        ' export async function book({ id, res }: Call) {',
        '-export function book({ id, res }: Call) {\n+export async function book({ id, res }: Call) {',
      ),
    },
  ],
  'a method of a class that its caller awaits': [
    {
      files: {
        'src/use.ts':
          "import { Desk } from './routes/book.ts'\nexport const use = async () => await new Desk().book('1')\n",
      },
      diff: `
 export class Desk {
   private async save(id: string) {
     await null
     throw new Error(¦id)
   }
   async book(id: string) {
-    this.save(id);
+    await this.save(id);
     return id;
   }
 }
`,
    },
  ],
  Fastify: [
    {
      path: 'src/app.js',
      diff: `
 import fastify from 'fastify'
 const app = fastify()
 const save = async (id) => {
   await null
   throw new Error(¦id)
 }
 app.post('/book', async (request, reply) => {
-  save(request.body.id)
+  await save(request.body.id)
   return { ok: true }
 })
`,
    },
  ],
  'Express 5': [
    {
      path: 'src/app.js',
      diff: `
 const router = require('express').Router();
 async function save(id) {
   await null;
   throw new Error(¦id);
 }
 router.post('/book', async (req, res) => {
-  save(req.body.id);
+  await save(req.body.id);
   res.json({ ok: true });
 });
`,
    },
    COMMONJS,
  ],
  'a Next.js route handler': [
    {
      path: 'app/api/book/route.ts',
      diff: `
 async function save(id: string) {
   await null
   throw new Error(¦id)
 }
 export async function POST(request: Request) {
-  save(request.url)
+  await save(request.url)
   return Response.json({ ok: true })
 }
`,
    },
    BUNDLED,
  ],
  'a Next.js API route': [
    {
      path: 'pages/api/book.ts',
      diff: `
 async function save(id: string) {
   await null
   throw new Error(¦id)
 }
 export default async function handler(req: any, res: any) {
-  save(req.body.id)
+  await save(req.body.id)
   res.status(200).json({ ok: true })
 }
`,
    },
    BUNDLED,
  ],
}

vi.setConfig({ testTimeout: 60_000 })

test.each(Object.entries(CASES))('%s', (_, [told, project]) => {
  const { answers, after } = ask(unhandledRejection, { path: ROUTE, type: 'Error', message: 'pt-1', ...told }, project)
  expect(textOf(answers[0])).toBe(after)
})

test('in another file than the crash, with what is assumed', () => {
  const route = `import type { Call } from '../router.ts'
import { save } from '../save.ts'
export async function book({ id, res }: Call) {
  save(id)
  res.end('ok')
}
`
  const { answers } = ask(unhandledRejection, {
    path: 'src/save.ts',
    type: 'Error',
    message: 'pt-1',
    files: { ...ESM, ...TABLE, [ROUTE]: route },
    diff: SAVE.replace('async', 'export async').concat('\n'),
  })
  expect(answers).toEqual([
    {
      ok: true,
      proposal: {
        recipe: 'unhandled-rejection',
        edits: [{ path: ROUTE, text: route.replace('  save', '  await save') }],
        summary:
          'Waits for save(id), whose failure nobody heard of, so that it fails the request instead of the process.',
        assumes: [
          'the answer may wait for save(id): nothing says that it runs in the background',
          'route() takes functions that give anything',
        ],
        modelledOn: null,
      },
    },
  ])
})
