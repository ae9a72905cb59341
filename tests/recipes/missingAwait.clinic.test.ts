import { expect, test, vi } from 'vitest'
import { renameText } from '../../examples/history/rename.ts'
import type { CrashSite } from '../../lib/domain/repair.ts'
import { missingAwait } from '../../lib/recipes/missingAwait.ts'
import { openTypes } from '../../lib/recipes/types.ts'
import { DISK } from './diff.ts'
import { clinic, textOf } from './project.ts'

vi.setConfig({ testTimeout: 60_000 })

const CRASH: CrashSite = {
  path: 'src/routes/rota.ts',
  line: 14,
  column: 21,
  function: 'freeRooms',
  type: 'TypeError',
  message: 'week.filter is not a function',
}

test('the free rooms of the sample app: a week that is a promise', () => {
  const files = clinic()
  const answer = missingAwait({ crash: CRASH, frames: [CRASH], files }, openTypes(files, DISK))
  expect(answer).toEqual({
    ok: true,
    proposal: {
      recipe: 'missing-await',
      edits: [
        {
          path: CRASH.path,
          text: files[CRASH.path]!.replace('?? loadWeek(params.id)', '?? (await loadWeek(params.id))'),
        },
      ],
      summary: 'Waits for loadWeek(params.id), whose promise was used as if it were the value.',
      assumes: ['loadWeek() gives a Promise<Session[]>'],
      modelledOn: null,
    },
  })
})

test('other words for the same fault', () => {
  const words = { week: 'month', weeks: 'months', rota: 'plan', load: 'fetch', rooms: 'desks', session: 'shift' }
  const renamed = Object.entries(clinic()).map(([path, text]) => [renameText(path, words), renameText(text, words)])
  const files = Object.fromEntries(renamed)
  const crash = { ...CRASH, path: 'src/routes/plan.ts', message: 'month.filter is not a function' }
  const answer = missingAwait({ crash, frames: [crash], files }, openTypes(files, DISK))
  expect(textOf(answer)).toContain('months.get(params.id) ?? (await fetchMonth(params.id))')
})
