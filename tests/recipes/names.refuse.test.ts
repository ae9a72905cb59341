import { expect, test, vi } from 'vitest'
import { names } from '../../lib/recipes/names.ts'
import { openTypes } from '../../lib/recipes/types.ts'
import { DISK } from './diff.ts'
import { ask, BUNDLED, COMMONJS, ESM, type Files, type Told, whyOf } from './project.ts'

const POUNDS = 'pounds is not defined'
const EXPORTED = 'export const pounds = (pence: number): string => String(pence)\n'
const USE = `
 export const show = (n: number) => ¦pounds(n)
`
const SCRIPT = `
 module.exports.show = (n) => ¦pounds(n)
`
const WRONG = `
 ¦import { pounds } from '../mony.ts'
 export const show = (n: number) => pounds(n)
`
const MISSING = "Cannot find module '/app/src/mony.ts' imported from /app/src/routes/launch.ts"
const LINK = "The requested module '../money.ts' does not provide an export named 'pounds'"

const CASES: Record<string, [string, Told, Files?]> = {
  'another message': ['does not speak of a name', { message: 'boom', diff: USE }],
  'another kind of error': ['does not speak of a name', { message: POUNDS, type: 'RangeError', diff: USE }],
  'a line without the name': ['has no pence', { message: 'pence is not defined', diff: USE }],
  'a file that is a test': ['is a test', { message: POUNDS, path: 'tests/launch.test.ts', diff: USE }],
  'a name nobody exports': ['knows no import and no spelling for pounds', { message: POUNDS, diff: USE }],
  'a name the compiler knows': [
    'has nothing against pounds',
    { message: POUNDS, diff: USE, files: { 'src/global.d.ts': 'declare function pounds(n: number): string\n' } },
  ],
  'a value without a type': [
    'has nothing against filtr',
    {
      message: 'rows.filtr is not a function',
      path: 'src/a.js',
      diff: '\n export const f = (rows) => rows.¦filtr(Boolean)\n',
    },
    COMMONJS,
  ],
  'types without a file to run': [
    'names none of the project',
    { message: POUNDS, diff: USE, files: { 'src/money.d.ts': 'export function pounds(n: number): string\n' } },
  ],
  'types without a file to run, behind an alias': [
    'only declares types',
    {
      message: POUNDS,
      diff: `\n import { all } from '@/lib/db'${USE}`,
      files: {
        'tsconfig.json': BUNDLED['tsconfig.json']!.replace('"strict"', '"paths":{"@/*":["./*"]},"strict"'),
        'lib/money.d.ts': 'export function pounds(n: number): string\n',
        'lib/db.ts': 'export const all = 1\n',
      },
    },
    BUNDLED,
  ],
  'types that promise more than the file gives': [
    'does not export pounds',
    {
      message: POUNDS,
      diff: USE,
      files: {
        'src/money.d.ts': 'export function pounds(n: number): string\n',
        'src/money.js': 'export const pence = 1\n',
      },
    },
  ],
  'a helper of the tests': [
    'belongs to the tests',
    { message: POUNDS, diff: USE, files: { 'tests/helper.ts': EXPORTED } },
  ],
  'a package that is no dependency': [
    'money-kit is no dependency',
    {
      message: POUNDS,
      diff: USE,
      files: { 'src/kit.d.ts': "declare module 'money-kit' {\n  export function pounds(n: number): string\n}\n" },
    },
  ],
  'a project that does not show how it names files': [
    'nothing shows how',
    { message: POUNDS, diff: USE, files: { 'src/money.ts': EXPORTED } },
    { 'package.json': '{"type":"module"}' },
  ],
  'an import that does not fit': [
    'the compiler would object',
    { message: POUNDS, diff: USE, files: { 'src/money.ts': 'export const pounds = (name: string) => name\n' } },
  ],
  'a spelling that does not fit': [
    'the compiler would object',
    {
      message: 'pounts is not defined',
      diff: '\n const pounds = (name: string) => name\n export const a = ¦pounts(1)\n',
    },
  ],
  'a cycle that is read while it loads': [
    'reads make of a cycle of imports while it loads',
    {
      message: POUNDS,
      diff: '\n export const show = (n: number) => ¦pounds(n)\n export const make = (n: number) => n\n',
      files: { 'src/money.ts': `import { make } from './routes/launch.ts'\nexport const one = make(1)\n${EXPORTED}` },
    },
  ],
  'a cycle that is read by a function called while it loads': [
    'reads pounds of a cycle of imports while it loads',
    {
      message: POUNDS,
      diff: '\n export const show = (n: number) => ¦pounds(n)\n export const first = show(1)\n',
      files: {
        'src/money.ts': `import { show } from './routes/launch.ts'\nexport const later = () => show(1)\n${EXPORTED}`,
      },
    },
  ],
  'a cycle of required modules': [
    'only half loaded',
    {
      message: POUNDS,
      path: 'src/a.js',
      diff: `\n const fs = require('fs')${SCRIPT}`,
      files: {
        'src/money.js': "const a = require('./a')\nmodule.exports = { pounds: (n) => n, all: () => a.show(1) }\n",
      },
    },
    COMMONJS,
  ],
  'an ES module for a file that requires': [
    'cannot be required',
    {
      message: POUNDS,
      path: 'src/a.js',
      diff: `\n const fs = require('fs')${SCRIPT}`,
      files: { 'src/money.mjs': 'export const pounds = (n) => n\n' },
    },
    COMMONJS,
  ],
  'an import in a file that is CommonJS': [
    'CommonJS: it cannot import',
    {
      message: POUNDS,
      path: 'src/a.js',
      diff: '\n function show(n) {\n   return ¦pounds(n)\n }\n',
      files: { 'src/money.mjs': 'export const pounds = (n) => n\n' },
    },
    { ...COMMONJS, 'tsconfig.json': ESM['tsconfig.json']! },
  ],
  'a require in an ES module': [
    'there is no require',
    {
      message: POUNDS,
      path: 'src/a.js',
      diff: `\n const fs = require('fs')${SCRIPT}`,
      files: { 'src/money.js': 'module.exports = { pounds: (n) => n }\n', 'package.json': '{"type":"module"}' },
    },
    COMMONJS,
  ],
  'a package that is not there': ['none is added', { type: 'Error', message: "Cannot find module 'pg'", diff: USE }],
  'a missing file nobody imports': ['no single file names', { type: 'Error', message: MISSING, diff: USE }],
  'a missing file with no other like it': ['is called like', { type: 'Error', message: MISSING, diff: WRONG }],
  'a file that is there': [
    'is there',
    { type: 'Error', message: MISSING, diff: WRONG, files: { 'src/mony.ts': EXPORTED } },
  ],
  'a missing file whose like gives something else': [
    'src/money.ts does not export pounds',
    { type: 'Error', message: MISSING, diff: WRONG, files: { 'src/money.ts': 'export const pence = 1\n' } },
  ],
  'a link error of no import': ['no single import of pounds', { type: 'SyntaxError', message: LINK, diff: USE }],
  'a link error that nothing explains': [
    'no file of the project exports pounds',
    {
      type: 'SyntaxError',
      message: LINK,
      diff: WRONG.replace('mony', 'money'),
      files: { 'src/money.ts': 'export {}\n' },
    },
  ],
  'an alias of what is not there': [
    'under another name',
    {
      type: 'SyntaxError',
      message: LINK,
      diff: "\n ¦import { pounds as p } from '../money.ts'\n export const show = (n: number) => p(n)\n",
      files: { 'src/money.ts': 'export {}\n', 'src/cash.ts': EXPORTED },
    },
  ],
  'a call of what is imported rightly': [
    'pounds',
    {
      message: 'pounds is not a function',
      diff: "\n import { pounds } from '../money.ts'\n export const show = (n: any) => ¦pounds(n)\n",
      files: { 'src/money.ts': EXPORTED },
    },
  ],
}

vi.setConfig({ testTimeout: 60_000 })

test.each(Object.entries(CASES))('refuses %s', (_, [why, told, project]) => {
  const type = /is not defined$/.test(told.message) ? 'ReferenceError' : 'TypeError'
  const { answers } = ask(names, { type, ...told }, project)
  expect(answers).toMatchObject([{ ok: false, recipe: 'names' }])
  expect(whyOf(answers)).toContain(why)
})

test('refuses a file that was not given', () => {
  const { input } = ask(names, { message: POUNDS, diff: USE })
  const crash = { ...input.crash, type: 'ReferenceError', path: 'src/none.ts' }
  expect(whyOf([names({ ...input, crash }, openTypes(input.files, DISK))].flat())).toContain(
    'not among the files given',
  )
})
