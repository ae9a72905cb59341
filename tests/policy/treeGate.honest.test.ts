import { expect, test } from 'vitest'
import { EDITED, fixture, GUARD, HONEST } from './cases.ts'
import { BASE, gate } from './trees.ts'

test('there are at least forty', () => {
  expect(EDITED.length).toBeGreaterThanOrEqual(40)
})

test.each(EDITED)('a guard in %s passes with its fixture', (path) => {
  const base = { ...BASE, [path]: 'one\ntwo\nthree\n' }
  const answer = gate({ [path]: GUARD, ...fixture }, {}, base)
  expect(answer.findings).toEqual([])
  expect(answer).toMatchObject({ answer: 'pass', files: 2, lines: 2 })
})

test.each(HONEST)('%s passes', (_, edits) => {
  expect(gate({ ...edits, ...fixture })).toMatchObject({ answer: 'pass', findings: [] })
})

test('one line in a file far larger than the cap passes', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `row ${i} of a long file`)
  const before = rows.join('\n')
  const after = rows.with(100, 'first').with(19_000, 'last').join('\n')
  const answer = gate({ 'src/rows.ts': after }, {}, { ...BASE, 'src/rows.ts': before })
  expect(answer).toMatchObject({ answer: 'pass', files: 1, lines: 4 })
  expect(answer.bytes).toBeLessThan(100)
})
