import { expect, test, vi } from 'vitest'
import { missingAwait } from '../../lib/recipes/missingAwait.ts'
import { ask, ESM, type Files, type Told, textOf } from './project.ts'

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
}

vi.setConfig({ testTimeout: 60_000 })

test.each(Object.entries(CASES))('%s', (_, [told, project]) => {
  const { answers, after } = ask(missingAwait, told, project)
  expect(textOf(answers[0])).toBe(after)
})
