import { expect, test } from 'vitest'
import { tried } from './tried.ts'

const RATES =
  'export function net(price, rate) {}\nexport function gross(price, rate) {}\nexport default function tax() {}\n'

test('arguments go where parameters have their names', () => {
  const diff = `
 import { net } from './rates.js'
 export function total(rate, price) {
-  return net(rate, price)
+  return net(price, rate)
 }
`
  const { rank } = tried(diff, { others: { 'src/rates.js': RATES } })
  expect(rank).toBe(1)
})

test('arguments that are where their names say stay there for long', () => {
  const { texts } = tried(
    `
 function net(price, rate) {}
 export function total(rate, price) {
   return net(price, rate)
 }
`,
    { most: 3 },
  )
  expect(texts.join()).not.toContain('net(rate, price)\n}')
})

test('another name of the same module', () => {
  const diff = `
-import { net } from './rates.js'
+import { gross as net } from './rates.js'
 export const total = (price) => net(price, 1)
`
  expect(tried(diff, { others: { 'src/rates.js': RATES }, operator: 'import' }).rank).toBeGreaterThan(0)
})

test('what a name is called here is what it most likely is', () => {
  const diff = `
-import { gross as net } from './rates.js'
+import { net } from './rates.js'
 export const total = (price) => net(price, 1)
`
  expect(tried(diff, { others: { 'src/rates.js': RATES }, operator: 'import' }).rank).toBe(2)
  const required = diff
    .replaceAll('import', 'const')
    .replace('gross as net', 'gross: net')
    .replaceAll(" from './rates.js'", " = require('./rates.js')")
  expect(tried(required, { others: { 'src/rates.js': RATES }, operator: 'import' }).rank).toBe(1)
})

const MANIFEST = JSON.stringify({ dependencies: { 'call-bound': '1', 'object-keys': '1', '@scope/reader': '1' } })

test.each<[what: string, before: string, after: string, others: Record<string, string>]>([
  ['a package called so', "const callBound = require('object-keys')", "const callBound = require('call-bound')", {}],
  ['a package of a scope', "import Reader from 'call-bound'", "import Reader from '@scope/reader'", {}],
  [
    'a module of the runtime that has what is taken from it',
    "const { Duplex, pipeline } = require('node:worker_threads')",
    "const { Duplex, pipeline } = require('node:stream')",
    {},
  ],
  [
    'a module of the runtime that has what is used of it',
    "const path = require('fs')",
    "const path = require('path')",
    {},
  ],
  [
    'a module of the repository',
    "import { List } from 'node:stream'",
    "import { List } from './list.js'",
    { 'src/list.js': 'export class List {}\n' },
  ],
  [
    'what another file takes it from',
    "import { take } from 'object-keys'",
    "import { take } from 'lodash-es'",
    { 'src/other.js': "import { take } from 'lodash-es'\n" },
  ],
])('the wrong package: %s', (_, before, after, others) => {
  const diff = `
-${before}
+${after}
 export const total = (price) => path.join(path.dirname(price), 'x')
`
  const { rank } = tried(diff, { others: { 'package.json': MANIFEST, ...others }, operator: 'package' })
  expect(rank).toBe(1)
})

test('another module that has the name', () => {
  const diff = `
-import { net } from './rates.js'
+import { net } from './taxes.js'
 export const total = (price) => net(price, 1)
`
  const others = { 'src/rates.js': RATES, 'src/taxes.js': 'export const net = (x) => x\n' }
  expect(tried(diff, { others }).rank).toBeLessThan(4)
})

test.each([
  ['import tax', 'import { tax }', 2],
  ['import { tax }', 'import tax', 3],
  ['import tax', 'import * as tax', 3],
])('%s is %s', (before, after, rank) => {
  const diff = `
-${before} from './rates.js'
+${after} from './rates.js'
 export const total = (price) => tax(price)
`
  const { rank: found } = tried(diff, {
    others: { 'src/rates.js': RATES },
    type: 'TypeError',
    message: 'tax is not a function',
  })
  expect([found > 0, found <= rank + 4]).toEqual([true, true])
})

test.each([
  ['const net = require', 'const { net } = require'],
  ['const { net } = require', 'const net = require'],
])('%s is %s', (before, after) => {
  const diff = `
-${before}('./rates')
+${after}('./rates')
 exports.total = (price) => net(price)
`
  const others = { 'src/rates.js': 'exports.net = (x) => x\n' }
  expect(tried(diff, { others, operator: 'import' }).rank).toBeGreaterThan(0)
})

test('what a function takes and the caller has is handed on', () => {
  const diff = `
 function format(value, options) {}
 export function show(value, options) {
-  return format(value)
+  return format(value, options)
 }
`
  expect(tried(diff).rank).toBeLessThan(6)
})

test('a member the repository reads of the same thing', () => {
  const diff = `
 export const name = (user) => user.firstName
-export const family = (user) => user.firstName
+export const family = (user) => user.lastName
 export const both = (user) => user.firstName + user.lastName
`
  expect(tried(diff).rank).toBeLessThan(4)
})

test('a method that is handed over with its object', () => {
  const diff = `
 class Clock {
   start() {
-    setInterval(this.tick, 10)
+    setInterval(this.tick.bind(this), 10)
   }
 }
`
  expect(tried(diff, { type: 'TypeError', message: 'x' }).rank).toBeLessThan(6)
})
