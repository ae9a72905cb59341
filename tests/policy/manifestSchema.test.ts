import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Manifest } from '../../lib/domain/manifest.ts'
import { namedFiles } from '../../lib/policy/named.ts'

/** Editors check `nightshift.json` by this file; it is the type, written out. */
test('docs/nightshift.schema.json says what the type says', () => {
  const path = join(import.meta.dirname, '../../docs/nightshift.schema.json')
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(z.toJSONSchema(Manifest, { io: 'input' }))
})

test('a repository that is no app declares no start', () => {
  const library = Manifest.parse({ test: { run: 'cargo test', report: 'cargo' } })
  expect(library.start).toBeNull()
  expect([...namedFiles(library)]).toContain('test')
})
