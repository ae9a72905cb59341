import { expect, test, vi } from 'vitest'
import { renameText } from '../../examples/history/rename.ts'
import type { CrashSite } from '../../lib/domain/repair.ts'
import { names } from '../../lib/recipes/names.ts'
import { openTypes } from '../../lib/recipes/types.ts'
import { DISK } from './diff.ts'
import { ask, clinic, textOf } from './project.ts'

vi.setConfig({ testTimeout: 60_000 })

const CRASH: CrashSite = {
  path: 'src/reports/csv.js',
  line: 4,
  column: 75,
  function: 'toCsv',
  type: 'ReferenceError',
  message: 'pounds is not defined',
}

test('the report of the sample app: what it calls and does not import', () => {
  const files = clinic()
  const [first, second] = names({ crash: CRASH, frames: [CRASH], files }, openTypes(files, DISK))
  expect(first).toEqual({
    ok: true,
    proposal: {
      recipe: 'names',
      edits: [{ path: CRASH.path, text: `import { pounds } from '../money.ts'\n\n${files[CRASH.path]}` }],
      summary: 'Imports pounds from src/money.ts, which src/reports/csv.js uses without importing it.',
      assumes: ['pounds is meant to be the one src/money.ts exports'],
      modelledOn: null,
    },
  })
  expect(second).toBeUndefined()
})

test('other words for the same fault', () => {
  const words = { pounds: 'euros', pence: 'cents', money: 'cash', csv: 'table', invoice: 'bill', invoices: 'bills' }
  const renamed = Object.entries(clinic()).map(([path, text]) => [renameText(path, words), renameText(text, words)])
  const files = Object.fromEntries(renamed)
  const crash = { ...CRASH, path: 'src/reports/table.js', message: 'euros is not defined' }
  const [first] = names({ crash, frames: [crash], files }, openTypes(files, DISK))
  expect(textOf(first)).toBe(`import { euros } from '../cash.ts'\n\n${files[crash.path]}`)
})

test('up to three imports, the project before the platform', () => {
  const file = 'export const join = (a: string, b: string) => a + b\n'
  const { answers } = ask(names, {
    type: 'ReferenceError',
    message: 'join is not defined',
    files: { 'src/a.ts': file, 'src/b.ts': file, 'src/c.ts': file, 'src/d.ts': file },
    diff: '\n export const at = (name: string) => ¦join("data", name)\n',
  })
  expect(answers).toHaveLength(3)
  expect(answers.map((answer) => answer.ok && answer.proposal.summary.split(' ')[3])).toEqual([
    'src/a.ts,',
    'src/b.ts,',
    'src/c.ts,',
  ])
})
