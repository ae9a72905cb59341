import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CLINIC, routesFor, statesOf } from '../history/states.ts'

const TABLE = `import { json } from './http.ts'
import { list, show } from './a.ts'
import { other } from './b.ts'

export const routes = [
  route('GET /healthz', ({ res }) => json(res, 200, { ok: true })),
  route('GET /a', list),
  route('GET /a/:id', show),
  route('GET /b', other),
]
`

const http = ['src/http.ts', 'export function json() {}'] as const

test('a route table without handlers nobody wrote yet', () => {
  const files = new Map([http, ['src/a.ts', 'export async function list() {}\nexport function showAll() {}']])
  expect(routesFor(TABLE, files)).toBe(`import { json } from './http.ts'
import { list } from './a.ts'

export const routes = [
  route('GET /healthz', ({ res }) => json(res, 200, { ok: true })),
  route('GET /a', list),
]
`)
})

test('a table whose handlers are all there stays as it is', () => {
  const files = new Map([
    http,
    ['x', 'export function list() {}\nexport function show() {}\nexport function other() {}'],
  ])
  expect(routesFor(TABLE, files)).toBe(TABLE)
})

test("the sample app's own table is written so that it can be taken apart", () => {
  const table = readFileSync(join(CLINIC, 'src/routes.ts'), 'utf8')
  const lines = table.split('\n').filter((line) => line !== '')
  const known = /^(import \{ .+ \} from '\.\/.+'|export const routes = \[|\]| {2}route\('[A-Z]+ \/[^']+', .+\),)$/
  expect(lines.filter((line) => !known.test(line))).toEqual([])
})

test('a file stands as it was until the commit that changes it', () => {
  const states = statesOf()
  const page = states.map(({ files }) => files.get('src/reports/yearly.ts')?.match(/PAGE = (\d+)/)?.[1])
  expect([...new Set(page)]).toEqual([undefined, '100', '5'])
  expect(page.indexOf('5')).toBe(states.findIndex(({ planned }) => planned.slug === '22-small-pages'))
})
