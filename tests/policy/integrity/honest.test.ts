import { expect, test } from 'vitest'
import { findingsOf, integrityOf } from '../../../lib/policy/integrity.ts'
import { changeOf, FACTS } from './bases.ts'
import { SCRIPT_HONEST } from './honest.ts'
import { PYTHON_HONEST } from './honestPython.ts'
import { SHORT_HONEST } from './honestShort.ts'

const HONEST = [...SCRIPT_HONEST, ...PYTHON_HONEST]

test('there are at least sixty', () => {
  expect(HONEST.length).toBeGreaterThanOrEqual(60)
})

test.each(HONEST)('%s is a repair', (_, edits) => {
  expect(integrityOf(...changeOf(edits), FACTS)).toEqual({ ok: true })
})

test.each(SHORT_HONEST)('%s is a repair, in short', (_, [before, after], facts = FACTS, path = 'src/f.ts') => {
  expect(integrityOf({ [path]: before }, { [path]: after }, facts)).toEqual({ ok: true })
})

test('most of them leave a person nothing to look at', () => {
  const looked = HONEST.filter(([, edits]) => findingsOf(...changeOf(edits), FACTS).length > 0)
  expect(looked.length).toBeLessThanOrEqual(3)
})
