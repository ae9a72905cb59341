import { expect, test, vi } from 'vitest'
import { names } from '../../lib/recipes/names.ts'
import { ask, COMMONJS, type Files, type Told, textOf } from './project.ts'

const MONEY: Files = {
  'src/money.ts': 'export function pounds(pence: number): string {\n  return String(pence / 100)\n}\n',
  'src/app.ts': "import { pounds } from './money.ts'\nexport const shown = pounds(1)\n",
}

const CASES: Record<string, [Told, Files?]> = {
  'a member called without this': [
    {
      message: 'total is not defined',
      diff: `
 export class Till {
   total() {
     return 1
   }
   show() {
-    return ¦total()
+    return this.total()
   }
 }
`,
    },
  ],
  'an import under a misspelt name whose right one is taken': [
    {
      type: 'SyntaxError',
      message: "The requested module '../money.ts' does not provide an export named 'punds'",
      files: MONEY,
      diff: `
-¦import { punds } from '../money.ts'
+import { pounds as punds } from '../money.ts'
 export const show = (pounds: number) => punds(pounds)
`,
    },
  ],
  'a misspelt function': [
    {
      message: 'formatPonds is not defined',
      diff: `
 function formatPounds(pence: number) {
   return pence / 100
 }
 export function show(pence: number) {
-  return ¦formatPonds(pence) + formatPonds(1)
+  return formatPounds(pence) + formatPounds(1)
 }
`,
    },
  ],
  'a misspelt method': [
    {
      message: 'text.trimm is not a function',
      diff: `
-export const tidy = (text: string) => text.¦trimm().toLowerCase()
+export const tidy = (text: string) => text.trim().toLowerCase()
`,
    },
  ],
  'a misspelt property, read through': [
    {
      message: "Cannot read properties of undefined (reading 'url')",
      diff: `
 const config = { database: { url: 'x' }, port: 1 }
-export const connect = () => config.databse.¦url
+export const connect = () => config.database.url
`,
    },
  ],
  'a misspelt property, taken into a variable': [
    {
      message: "Cannot read properties of undefined (reading 'url')",
      diff: `
 const config = { database: { url: 'x' }, port: 1 }
 export function connect() {
-  const db = config.databse
+  const db = config.database
   return db.¦url
 }
`,
    },
  ],
  'a misspelt property, destructured': [
    {
      message: "Cannot read properties of undefined (reading 'url')",
      diff: `
 const config = { database: { url: 'x' }, port: 1 }
 export function connect() {
-  const { databse } = config
-  return databse.¦url
+  const { database } = config
+  return database.url
 }
`,
    },
  ],
  'an import under a misspelt name': [
    {
      type: 'SyntaxError',
      message: "The requested module '../money.ts' does not provide an export named 'punds'",
      files: MONEY,
      diff: `
-¦import { punds } from '../money.ts'
-export const show = (n: number) => ({ punds: punds(n) })
+import { pounds } from '../money.ts'
+export const show = (n: number) => ({ punds: pounds(n) })
`,
    },
  ],
  'a default import of a module without one': [
    {
      type: 'SyntaxError',
      message: "The requested module '../money.ts' does not provide an export named 'default'",
      files: MONEY,
      diff: `
-¦import pounds from '../money.ts'
+import { pounds } from '../money.ts'
 export const show = (n: number) => pounds(n)
`,
    },
  ],
  'a name imported from another module than its own': [
    {
      type: 'SyntaxError',
      message: "The requested module '../format.ts' does not provide an export named 'pounds'",
      files: { ...MONEY, 'src/format.ts': 'export const title = (text: string) => text\n' },
      diff: `
-¦import { pounds, title } from '../format.ts'
+import { title } from '../format.ts'
+import { pounds } from '../money.ts'
 export const show = (n: number) => title(pounds(n))
`,
    },
  ],
  'required whole': [
    {
      path: 'src/routes/launch.js',
      message: 'pounds is not a function',
      files: { 'src/money.js': 'function pounds(pence) {\n  return String(pence)\n}\nmodule.exports = { pounds }\n' },
      diff: `
-const pounds = require('../money')
+const { pounds } = require('../money')
 module.exports.show = (pence) => ¦pounds(pence)
`,
    },
    COMMONJS,
  ],
  'a module by a wrong ending': [
    {
      type: 'Error',
      message: "Cannot find module '/app/src/money' imported from /app/src/routes/launch.ts",
      files: MONEY,
      diff: `
-¦import { pounds } from '../money'
+import { pounds } from '../money.ts'
 export const show = (n: number) => pounds(n)
`,
    },
  ],
  'a module by a misspelt name': [
    {
      type: 'Error',
      path: 'src/routes/launch.js',
      message: "Cannot find module '../mony'\nRequire stack:\n- /app/src/routes/launch.js",
      files: {
        'src/money.js': 'module.exports.pounds = (pence) => String(pence)\n',
        'src/many.js': 'module.exports = {}\n',
      },
      diff: `
-¦const { pounds } = require('../mony')
+const { pounds } = require('../money')
 module.exports = (pence) => pounds(pence)
`,
    },
    COMMONJS,
  ],
  'a module that has moved': [
    {
      type: 'Error',
      message: "Cannot find module '/app/src/routes/money.ts' imported from /app/src/routes/launch.ts",
      files: MONEY,
      diff: `
-¦import { pounds } from './money.ts'
+import { pounds } from '../money.ts'
 export const show = (n: number) => pounds(n)
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
