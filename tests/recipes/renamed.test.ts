import { describe, expect, test } from 'vitest'
import { renameText } from '../../examples/history/rename.ts'
import { statesOf } from '../../examples/history/states.ts'
import { wordsFor } from '../../examples/history/words.ts'
import type { CrashSite } from '../../lib/domain/repair.ts'
import { repair } from '../../lib/recipes/all.ts'
import { DISK } from './diff.ts'

/** The sample app's faults as the SDK reports them: file, what stands on the line (`¦` where V8 points), type, message. */
const CRASHES: [string, string, string, string, string][] = [
  ['launch', 'src/routes/campaigns.ts', 'patientsOf(db, practice.¦id)', 'TypeError', missing('id')],
  ['await', 'src/routes/rota.ts', 'week.¦filter(', 'TypeError', 'week.filter is not a function'],
  ['body', 'src/routes/patients.ts', 'JSON.¦parse(', 'SyntaxError', 'Unexpected end of JSON input'],
  ['import', 'src/reports/csv.js', '¦pounds(invoice', 'ReferenceError', 'pounds is not defined'],
  ['critical', 'src/routes/appointments.ts', 'const booked = slot.¦patientId', 'TypeError', missing('patientId')],
  ['billing', 'src/billing/refunds.ts', 'invoice.¦pence - invoice', 'TypeError', missing('pence')],
  ['consequence', 'src/referrals/letter.ts', 'referral.¦patientId', 'TypeError', missing('patientId')],
]

function missing(name: string): string {
  return `Cannot read properties of undefined (reading '${name}')`
}

const SETTINGS = /(?:^|\/)(?:package|tsconfig)\.json$/
const last = statesOf().at(-1)!.files

/** The app in other words, as recipes see it. */
function filesIn(words: Record<string, string>): Record<string, string> {
  const kept = [...last].filter(([path]) => /\.[jt]s$/.test(path) || SETTINGS.test(path))
  return Object.fromEntries(kept.map(([path, text]) => [renameText(path, words), renameText(text, words)]))
}

function crashIn(words: Record<string, string>, [, path, mark, type, message]: (typeof CRASHES)[number]): CrashSite {
  const [before = '', after = ''] = renameText(mark, words).split('¦')
  const lines = renameText(last.get(path)!, words).split('\n')
  const line = lines.findIndex((text) => text.includes(before + after))
  const column = lines[line]!.indexOf(before + after) + before.length + 1
  return {
    path: renameText(path, words),
    line: line + 1,
    column,
    function: null,
    type,
    message: renameText(message, words),
  }
}

/** What the first proposal makes of the files it edits. */
function repaired(words: Record<string, string>, crash: (typeof CRASHES)[number]): Record<string, string> {
  const at = crashIn(words, crash)
  const first = repair({ crash: at, frames: [at], files: filesIn(words) }, DISK).find((answer) => answer.ok)
  return first?.ok ? Object.fromEntries(first.proposal.edits.map(({ path, text }) => [path, text])) : {}
}

describe.each([1, 2, 3])('in the words of seed %i', (seed) => {
  test.each(CRASHES)('%s is repaired as it is in its own words', (...crash) => {
    const words = wordsFor(seed)
    const own = repaired({}, crash)
    expect(Object.keys(own)).toHaveLength(1)
    const renamed = Object.entries(own).map(([path, text]) => [renameText(path, words), renameText(text, words)])
    expect(repaired(words, crash)).toEqual(Object.fromEntries(renamed))
  })
})
