import { expect, test, vi } from 'vitest'
import { names } from '../../lib/recipes/names.ts'
import { ask, BUNDLED, COMMONJS, ESM, type Files, type Told, textOf } from './project.ts'

const MONEY: Files = {
  'src/money.ts': 'export function pounds(pence: number): string {\n  return String(pence / 100)\n}\n',
  'src/app.ts': "import { pounds } from './money.ts'\nexport const shown = pounds(1)\n",
}
const POUNDS = 'pounds is not defined'

const CASES: Record<string, [Told, Files?]> = {
  'a name never imported': [
    {
      message: POUNDS,
      files: MONEY,
      diff: `
+import { pounds } from '../money.ts'
+
 export function show(req, res) {
   res.end(¦pounds(req.pence))
 }
`,
    },
  ],
  'semicolons and double quotes, beside other imports': [
    {
      message: POUNDS,
      files: MONEY,
      diff: `
 import { createServer } from "node:http";
+import { pounds } from "../money.ts";
 
 createServer((_req, res) => {
   res.end(¦pounds(5));
 });
`,
    },
  ],
  'added to an import of the same module': [
    {
      message: 'pence is not defined',
      files: {
        'src/money.ts': 'export const pounds = (n: number) => n / 100\nexport const pence = (n: number) => n * 100\n',
      },
      diff: `
-import { pounds } from '../money.ts'
+import { pence, pounds } from '../money.ts'
 
 export const show = (n: number) => pounds(¦pence(n))
`,
    },
  ],
  'Windows line ends': [
    {
      message: POUNDS,
      files: MONEY,
      eol: '\r\n',
      diff: `
+import { pounds } from '../money.ts'
+
 export function show(req, res) {
   res.end(¦pounds(req.pence))
 }
`,
    },
  ],
  'a bundled project, without endings': [
    {
      path: 'app/api/invoices/route.ts',
      message: POUNDS,
      files: {
        'lib/money.ts': 'export const pounds = (pence: number): string => String(pence)\n',
        'lib/other.ts': "import { pounds } from './money'\nexport const other = pounds(1)\n",
      },
      diff: `
+import { pounds } from "../../../lib/money"
+
 export async function GET(request: Request) {
   return Response.json({ total: ¦pounds(100), url: "x" })
 }
`,
    },
    BUNDLED,
  ],
  'a file that names all files by an alias': [
    {
      path: 'app/api/invoices/route.ts',
      message: POUNDS,
      files: {
        'tsconfig.json': BUNDLED['tsconfig.json']!.replace('"strict"', '"paths":{"@/*":["./*"]},"strict"'),
        'lib/money.ts': 'export const pounds = (pence: number): string => String(pence)\n',
        'lib/db.ts': 'export const all = (): number[] => [1]\n',
      },
      diff: `
 import { all } from '@/lib/db'
+import { pounds } from '@/lib/money'
 
 export async function GET() {
   return Response.json(all().map((n) => ¦pounds(n)))
 }
`,
    },
    BUNDLED,
  ],
  'TypeScript under the name of its output': [
    {
      message: POUNDS,
      files: {
        'src/money.ts': 'export const pounds = (pence: number): string => String(pence)\n',
        'src/app.ts': "import { pounds } from './money.js'\nexport const shown = pounds(1)\n",
      },
      diff: `
+import { pounds } from '../money.js'
+
 export function show(res: { end(text: string): void }) {
   res.end(¦pounds(100))
 }
`,
    },
  ],
  'CommonJS, with require': [
    {
      path: 'src/routes/launch.js',
      message: POUNDS,
      files: { 'src/money.js': 'function pounds(pence) {\n  return String(pence)\n}\nmodule.exports = { pounds }\n' },
      diff: `
 const express = require('express')
+const { pounds } = require('../money')
 const router = express.Router()
 router.get('/', (req, res) => res.send(¦pounds(req.query.pence)))
 module.exports = router
`,
    },
    COMMONJS,
  ],
  'a built-in module': [
    {
      message: 'readFileSync is not defined',
      files: { 'tsconfig.json': ESM['tsconfig.json']!.replace('[]', '["node"]') },
      diff: `
+import { readFileSync } from 'node:fs'
 import { join } from 'node:path'
 
 export const load = (name: string) => JSON.parse(¦readFileSync(join('data', name), 'utf8'))
`,
    },
  ],
  'a class that is not imported': [
    {
      message: 'Money is not defined',
      files: { 'src/money.ts': 'export class Money {\n  constructor(readonly pence: number) {}\n}\n' },
      diff: `
+import { Money } from '../money.ts'
+
 export class Till {
   take(pence: number) {
     return new ¦Money(pence)
   }
 }
`,
    },
  ],
  'a default export': [
    {
      message: 'toCsv is not defined',
      files: { 'src/toCsv.ts': 'export default function toCsv(rows: unknown[]): string {\n  return rows.join()\n}\n' },
      diff: `
+import toCsv from '../toCsv.ts'
+
 export const send = (rows: unknown[]) => ¦toCsv(rows)
`,
    },
  ],
  'a value imported as a type alone': [
    {
      message: 'Money is not defined',
      files: { 'src/money.ts': 'export class Money {\n  constructor(readonly pence: number) {}\n}\n' },
      diff: `
-import type { Money } from '../money.ts'
+import { Money } from '../money.ts'
 
 export const take = (pence: number): Money => new ¦Money(pence)
`,
    },
  ],
  'a cycle that is read later alone': [
    {
      message: POUNDS,
      files: {
        'src/money.ts':
          "import { show } from './routes/launch.ts'\nexport const pounds = (n: number): string => String(n)\nexport const later = () => show(1)\n",
      },
      diff: `
+import { pounds } from '../money.ts'
+
 export const show = (n: number): string => ¦pounds(n)
`,
    },
  ],
}

/** The first case of a project reads the language's library, a later one not. */
vi.setConfig({ testTimeout: 60_000 })

test.each(Object.entries(CASES))('%s', (_, [told, project]) => {
  const type = /is not defined$/.test(told.message) ? 'ReferenceError' : 'TypeError'
  const { answers, after } = ask(names, { type, ...told }, project)
  expect(textOf(answers[0])).toBe(after)
})
