import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { VERBS } from '../../lib/actions/control.ts'

test('no address below /api/control stands in front of a verb’s', () => {
  const doors = readdirSync(join(import.meta.dirname, '../../app/api/control'))
  expect(Object.keys(VERBS).filter((verb) => doors.includes(verb))).toEqual([])
})
