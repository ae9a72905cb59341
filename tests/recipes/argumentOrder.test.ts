import { expect, test, vi } from 'vitest'
import { argumentOrder } from '../../lib/recipes/argumentOrder.ts'
import { ask, BUNDLED, COMMONJS, ESM, type Files, type Told, textOf } from './project.ts'

const NODE: Files = { ...ESM, 'tsconfig.json': ESM['tsconfig.json']!.replace('[]', '["node"]') }
const HTTP: Files = {
  'src/http.ts': `export interface Res { writeHead(status: number): void; end(text: string): void }
export function json(res: Res, status: number, body: unknown[]): void {
  res.writeHead(status)
  res.end(JSON.stringify(body))
}
`,
}
const READ = "Cannot read properties of undefined (reading 'id')"

const CASES: Record<string, [Omit<Told, 'message'> & { message?: string }, Files?]> = {
  'status and response': [
    {
      files: HTTP,
      diff: `
 import { json, type Res } from '../http.ts'
 export function show(res: Res) {
-  return ¦json(200, res, [])
+  return json(res, 200, [])
 }
`,
    },
  ],
  'the last two': [
    {
      files: HTTP,
      diff: `
 import { json, type Res } from "../http.ts";
 export function show(res: Res, rows: string[]) {
-  ¦json(res, rows, 200);
+  json(res, 200, rows);
 }
`,
    },
  ],
  'a number and a word': [
    {
      message: 'name.trim is not a function',
      diff: `
 function greet(name: string, times: number) {
   return name.trim().repeat(times)
 }
-export const hello = () => ¦greet(3, 'Ada')
+export const hello = () => greet('Ada', 3)
`,
    },
  ],
  'across lines': [
    {
      diff: `
 function greet(name: string, times: number) {
   return name.trim().repeat(times)
 }
 export const hello = () =>
   ¦greet(
-    3,
-    'Ada',
+    'Ada',
+    3,
   )
`,
    },
  ],
  'a callback before its list': [
    {
      diff: `
 const each = <T>(list: T[], use: (one: T) => void) => list.forEach(use)
-export const all = (ids: string[], use: (id: string) => void) => ¦each(use, ids)
+export const all = (ids: string[], use: (id: string) => void) => each(ids, use)
`,
    },
  ],
  'a constructor': [
    {
      diff: `
 class Slot {
   constructor(readonly day: Date, readonly room: string) {}
 }
-export const slot = (day: Date) => new ¦Slot('1a', day)
+export const slot = (day: Date) => new Slot(day, '1a')
`,
    },
  ],
  'a method': [
    {
      diff: `
 export class Till {
   add(name: string, pence: number) {
     return name.length + pence
   }
   open() {
-    return this.¦add(100, 'float')
+    return this.add('float', 100)
   }
 }
`,
    },
  ],
  'JavaScript with types in comments': [
    {
      path: 'src/greet.js',
      diff: `
 /**
  * @param {string} name
  * @param {number} times
  */
 function greet(name, times) {
   return name.trim().repeat(times);
 }
-module.exports.hello = () => ¦greet(3, 'Ada');
+module.exports.hello = () => greet('Ada', 3);
`,
    },
    COMMONJS,
  ],
  'JavaScript that calls TypeScript': [
    {
      path: 'src/show.js',
      files: { 'src/format.ts': 'export const amount = (pence: number, sign: string) => sign + pence.toFixed(2)\n' },
      diff: `
 import { amount } from './format.ts'
-export const show = () => ¦amount('£', 100)
+export const show = () => amount(100, '£')
`,
    },
  ],
  'a module of Node': [
    {
      type: 'TypeError [ERR_INVALID_ARG_TYPE]',
      message:
        'The "path" argument must be of type string or an instance of Buffer or URL. Received an instance of Object',
      diff: `
 import { rmSync } from 'node:fs'
-export const clear = (folder: string) => ¦rmSync({ recursive: true }, folder)
+export const clear = (folder: string) => rmSync(folder, { recursive: true })
`,
    },
    NODE,
  ],
  'no overload fits': [
    {
      diff: `
 function find(id: number, kind: string): string
 function find(id: Date, kind: string): string
 function find(id: number | Date, kind: string) {
   return kind + String(id)
 }
-export const found = () => ¦find('visit', 7)
+export const found = () => find(7, 'visit')
`,
    },
  ],
  'inside another call': [
    {
      files: HTTP,
      diff: `
 import { json, type Res } from '../http.ts'
 function label(name: string, count: number) {
   return [name, String(count)]
 }
 export function show(res: Res) {
-  return json(res, 200, ¦label(2, 'rooms'))
+  return json(res, 200, label('rooms', 2))
 }
`,
    },
  ],
  'arguments that are themselves calls': [
    {
      diff: `
 const sum = (list: number[], name: string) => name + list.length
-export const show = () => ¦sum(String(1), Array.from([1, 2]))
+export const show = () => sum(Array.from([1, 2]), String(1))
`,
    },
  ],
  'a Next.js route handler': [
    {
      path: 'app/api/rooms/route.ts',
      diff: `
 const answer = (body: { free: number }, status: number) => Response.json(body, { status })
 export async function GET() {
-  return ¦answer(200, { free: 1 })
+  return answer({ free: 1 }, 200)
 }
`,
    },
    BUNDLED,
  ],
  'first and third of three': [
    {
      files: HTTP,
      diff: `
 import { json, type Res } from '../http.ts'
 export function show(res: Res) {
-  return ¦json([], 200, res)
+  return json(res, 200, [])
 }
`,
    },
  ],
}

vi.setConfig({ testTimeout: 60_000 })

test.each(Object.entries(CASES))('%s', (_, [told, project]) => {
  const { answers, after } = ask(argumentOrder, { message: READ, ...told }, project)
  expect(textOf(answers[0])).toBe(after)
})

test('a caller further up the stack, with what is assumed', () => {
  const caller = `import { greet } from './routes/launch.ts'
export const hello = () => greet(Number('3'), String('Ada'))
`
  const { answers } = ask(argumentOrder, {
    message: 'name.trim is not a function',
    files: { 'src/app.ts': caller },
    stack: ['src/app.ts:2'],
    diff: `
 export function greet(name: string, times: number) {
   return ¦name.trim().repeat(times)
 }
`,
  })
  expect(answers[0]).toMatchObject({
    ok: true,
    proposal: {
      edits: [{ path: 'src/app.ts', text: caller.replace("Number('3'), String('Ada')", "String('Ada'), Number('3')") }],
      summary:
        "Exchanges Number('3') and String('Ada') in the call of greet(), whose types want them the other way round.",
      assumes: [
        "greet() is right about its parameters, and this call has two arguments in each other's place",
        "Number('3') and String('Ada') may be worked out in either order",
      ],
    },
  })
})
