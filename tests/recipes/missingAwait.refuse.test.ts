import { expect, test, vi } from 'vitest'
import { missingAwait } from '../../lib/recipes/missingAwait.ts'
import { ask, COMMONJS, type Files, type Told, whyOf } from './project.ts'

const FILTER = 'week.filter is not a function'
const LENGTH = "Cannot read properties of undefined (reading 'length')"
const ROWS: Files = {
  'src/rows.ts': `export interface Row { id: string; free: boolean }
export async function load(id: string): Promise<Row[]> {
  return [{ id, free: true }]
}
`,
}
const within = (head: string, tail = ' }', value = 'load(id)'): string => `
 import { load } from '../rows.ts'
${head}
   const week: any = ${value}
   return week.¦filter(Boolean)
${tail}
`
const ASYNC = within(' export async function show(id: string) {')

const CASES: Record<string, [string, Told, Files?]> = {
  'another message': ['does not speak of a value', { message: 'boom', diff: ASYNC }],
  'another kind of error': ['does not speak of a value', { message: FILTER, type: 'Error', diff: ASYNC }],
  'nothing where a list was to be': ['does not speak of', { message: 'undefined is not iterable', diff: ASYNC }],
  'a file that is a test': ['is a test', { message: FILTER, path: 'tests/a.test.ts', diff: ASYNC }],
  'a line without the call': ['has nothing that can fail', { message: 'week.map is not a function', diff: ASYNC }],
  'a value no promise is behind': [
    'comes from a call that gives a promise',
    { message: FILTER, files: ROWS, diff: within(' export async function show(id: string) {', ' }', 'JSON.parse(id)') },
  ],
  'a promise that is awaited': [
    'comes from a call that gives a promise',
    { message: FILTER, files: ROWS, diff: within(' export async function show(id: string) {', ' }', 'await load(id)') },
  ],
  'something missing, not the property of a promise': [
    'comes from a call that gives a promise',
    {
      message: LENGTH,
      files: ROWS,
      diff: "\n import { load } from '../rows.ts'\n export const n = async () => load('').¦length\n",
    },
  ],
  'a promise that is used as one, too': [
    'week is used as a promise as well',
    { message: FILTER, files: ROWS, diff: ASYNC.replace('   return', '   week.then(Boolean)\n   return') },
  ],
  'a promise that is combined with others': [
    'week is used as a promise as well',
    { message: FILTER, files: ROWS, diff: ASYNC.replace('   return', '   await Promise.all([week])\n   return') },
  ],
  'a value that has it neither way': [
    'has no filtre, awaited or not',
    {
      message: 'week.filtre is not a function',
      files: ROWS,
      diff: ASYNC.replace('¦filter', '¦filtre').replace(': any', ''),
    },
  ],
  'the top of a module': [
    'stands at the top of the module',
    {
      message: FILTER,
      files: ROWS,
      diff: "\n import { load } from '../rows.ts'\n const week: any = load('1')\n week.¦filter(Boolean)\n",
    },
  ],
  'a generator': [
    'a generator cannot wait',
    { message: FILTER, files: ROWS, diff: within(' export function* show(id: string) {') },
  ],
  'a constructor': [
    'a constructor or an accessor',
    { message: FILTER, files: ROWS, diff: within(' class A { constructor(id: string) {', ' } }') },
  ],
  'an accessor': [
    'a constructor or an accessor',
    { message: FILTER, files: ROWS, diff: within(' class A { get all() { const id = "1"', ' } }') },
  ],
  'a function declared to return a value': [
    'declared to return unknown[]',
    { message: FILTER, files: ROWS, diff: within(' export function show(id: string): unknown[] {') },
  ],
  'the callback of map': [
    'ids.map() waits for its callback',
    { message: FILTER, files: ROWS, diff: within(' export const all = (ids: string[]) => ids.map((id) => {', ' })') },
  ],
  'the callback of forEach': [
    'ids.forEach() waits for its callback',
    {
      message: FILTER,
      files: ROWS,
      diff: within(' export const all = (ids: string[]) => ids.forEach((id) => {', ' })'),
    },
  ],
  'the callback of filter, which takes anything': [
    'ids.filter() waits for its callback',
    {
      message: FILTER,
      files: ROWS,
      diff: within(' export const all = (ids: string[]) => ids.filter((id) => {', ' })'),
    },
  ],
  'a listener of the server, which waits for nobody': [
    'createServer() waits for its callback',
    {
      message: FILTER,
      files: ROWS,
      diff: within(' declare function createServer(on: (id: string) => void): void\n createServer((id) => {', ' })'),
    },
  ],
  'a route of Express 4': [
    'app.get() waits for its callback',
    {
      path: 'src/app.js',
      message: FILTER,
      files: { ...ROWS, 'package.json': '{"dependencies":{"express":"^4.21.0"}}' },
      diff: `
 const { load } = require('./rows')
 const app = require('express')()
 app.post('/', async (req, res) => res.end())
 app.get('/week', (req, res) => {
   const week = load(req.query.id)
   res.json(week.¦filter(Boolean))
 })
`,
    },
    COMMONJS,
  ],
  'a router nobody knows': [
    'router.get() waits for its callback',
    {
      path: 'src/app.js',
      message: FILTER,
      files: { ...ROWS, 'package.json': '{"type":"module"}' },
      diff: within(" import { router } from 'elsewhere'\n router.get('/week', (id) => {", ' })').replace(': any', ''),
    },
  ],
  'a caller that does not wait': [
    'src/app.ts calls show() without waiting',
    {
      message: FILTER,
      files: {
        ...ROWS,
        'src/app.ts': "import { show } from './routes/launch.ts'\nexport const app = () => [show('1')]\n",
      },
      diff: within(' export function show(id: string) {'),
    },
  ],
  'a function that is handed on': [
    'waits for show, which it hands on',
    {
      message: FILTER,
      files: {
        ...ROWS,
        'src/app.ts': "import { show } from './routes/launch.ts'\nexport const table = { show: [show] }\n",
      },
      diff: within(' export function show(id: string) {'),
    },
  ],
  'a function nobody calls': [
    'nobody in the files given calls show',
    { message: FILTER, files: ROWS, diff: within(' export function show(id: string) {') },
  ],
  'a function without a name': [
    'has no name to find its callers by',
    { message: FILTER, files: ROWS, diff: within(' export default function (id: string) {') },
  ],
  'a name that is built in as well': [
    'comes from a call that gives a promise',
    {
      message: LENGTH,
      path: 'src/a.js',
      files: { 'src/store.js': 'exports.find = async (id) => ({ rows: [id] })\n' },
      diff: '\n exports.show = async (store) => store.find(1).rows.¦length\n',
    },
    COMMONJS,
  ],
  'a name of two functions, one of them not async': [
    'comes from a call that gives a promise',
    {
      message: LENGTH,
      path: 'src/a.js',
      files: {
        'src/a1.js': 'exports.b = { rowsOf: async (id) => 1 }\n',
        'src/a2.js': 'const b = { rowsOf: (id) => 1 }\n',
      },
      diff: '\n exports.show = async (store) => store.rowsOf(1).rows.¦length\n',
    },
    COMMONJS,
  ],
  'a value that may be missing once it is there': [
    'the compiler would object',
    {
      message: FILTER,
      files: { 'src/rows.ts': 'export const load = async (id: string) => (id ? [id] : undefined)\n' },
      diff: ASYNC.replace(': any', ''),
    },
  ],
}

vi.setConfig({ testTimeout: 60_000 })

test.each(Object.entries(CASES))('refuses %s', (_, [why, told, project]) => {
  const { answers } = ask(missingAwait, told, project)
  expect(answers).toMatchObject([{ ok: false, recipe: 'missing-await' }])
  expect(whyOf(answers)).toContain(why)
})
