import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allImports, importsOf, ROOT, sources } from './architecture/imports.ts'
import { cycles, forbidden, roomOf } from './architecture/rooms.ts'

test('every file is in a room, and every arrow is allowed', () => {
  const imports = allImports()
  expect(imports.length).toBeGreaterThan(200)
  expect(sources().filter((path) => roomOf(path) === null)).toEqual([])
  expect(forbidden(imports)).toEqual([])
})

test('there are no import cycles', () => {
  expect(cycles(allImports())).toEqual([])
})

test.each([
  ['lib/policy/health.ts', `import { issue } from '../store/issues.ts'`, 'lib/store/issues.ts (store)'],
  ['lib/domain/fix.ts', `export { decide } from '../policy/decision.ts'`, 'lib/policy/decision.ts (policy)'],
  ['components/board.tsx', `import { board } from '@/lib/store/story.ts'`, 'lib/store/story.ts (store)'],
  ['agents/tick.ts', `const x = await import('../lib/adapters/code.git.ts')`, 'lib/adapters/code.git.ts (adapters)'],
  ['platform/router.ts', `import { redact } from '../lib/parse/redact.ts'`, 'lib/parse/redact.ts (parse)'],
])('a wrong import is found: %s', (path, text, named) => {
  expect(forbidden(importsOf(path, text)).join()).toContain(named)
})

test('a cycle is found, and a type-only import closes none', () => {
  const a = importsOf('lib/policy/a.ts', `import { b } from './b.ts'`)
  expect(cycles([...a, ...importsOf('lib/policy/b.ts', `import { a } from './a.ts'`)])).toHaveLength(1)
  expect(cycles([...a, ...importsOf('lib/policy/b.ts', `import type { A } from './a.ts'`)])).toEqual([])
})

test('no file is longer than 300 lines', () => {
  const lines = (path: string) => readFileSync(join(ROOT, path), 'utf8').split('\n').length
  expect(sources().filter((path) => lines(path) > 300)).toEqual([])
})

test('only the configuration reads the environment', () => {
  const readers = sources().filter((path) => /process\.env\b/.test(readFileSync(join(ROOT, path), 'utf8')))
  const allowed = /^(lib\/config\.ts|cli\/env\.ts|platform\/(config|main)\.ts|instrumentation\.ts|examples\/)/
  expect(readers.filter((path) => !allowed.test(path))).toEqual([])
})

test('only adapters/index imports adapters', () => {
  const importers = allImports().filter((i) => roomOf(i.to) === 'adapters' && roomOf(i.from) !== 'adapters')
  expect([...new Set(importers.map((i) => i.from))]).toEqual(['lib/adapters/index.ts'])
})
