import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SearchInput } from '../lib/domain/repair.ts'
import { search } from '../lib/recipes/search/search.ts'
import { suspectsOf } from '../lib/recipes/search/suspicion.ts'

/**
 * `node bench/search.ts`: how long the search takes on a repository of this one's size. Every function of `lib/recipes` is
 * under suspicion, which is far more than a failing test ever leaves.
 */
const root = join(import.meta.dirname, '../lib')
const files: Record<string, string> = {}
for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
  if (path.endsWith('.ts')) files[`lib/${path}`] = readFileSync(join(root, path), 'utf8')
}
files['tests/a.test.ts'] =
  "import { repair } from '../lib/recipes/all.ts'\ntest('it works', () => equal(repair({}).length, 1))\n"

const failures: SearchInput['failures'] = [
  {
    test: 'it works',
    file: 'tests/a.test.ts',
    failure: { type: 'AssertionError', message: '', expected: '1', actual: '2', frames: [] },
  },
]

const started = performance.now()
const suspects = suspectsOf({ files, failures, failing: [], passing: [] })
const found = performance.now()
const answers = search({ files, suspects, failures, most: 300 })
const ended = performance.now()
const lines = Object.values(files).reduce((sum, text) => sum + text.split('\n').length, 0)
console.log(`${Object.keys(files).length} files, ${lines} lines, ${suspects.length} suspicious lines`)
console.log(
  `suspicion ${Math.round(found - started)} ms, ${answers.length} candidates in ${Math.round(ended - found)} ms`,
)
