import { expect, test } from 'vitest'
import type { Cause } from '../../lib/domain/diagnosis.ts'
import type { Fix } from '../../lib/domain/fix.ts'
import { needsPersonInWords } from '../../lib/policy/needsPerson.ts'

const refused = { state: 'refused', withdrawn: false } as Fix
const back = { state: 'proven', withdrawn: true } as Fix
const open = { state: 'proven', withdrawn: false } as Fix

test.each<[Cause | null, Fix[], string]>([
  ['code', [refused], 'Of the attempts 1 was refused; the reasons are on the page.'],
  ['code', [refused, refused, refused], 'Of the attempts 3 were refused; the reasons are on the page.'],
  ['code', [back], 'Of the attempts 1 was taken back; the reasons are on the page.'],
  [
    'code',
    [back, refused, refused],
    'Of the attempts 2 were refused and 1 was taken back; the reasons are on the page.',
  ],
  ['no-code-cause', [], 'No change of the code would cure it; what was seen is on the page.'],
  ['inconclusive', [open], 'No cause was found; what was seen is on the page.'],
  ['code', [], 'The cause is in the code, and nothing here can repair it.'],
  [null, [], 'It was not diagnosed.'],
])('cause %s after %j: %s', (cause, fixes, words) => {
  expect(needsPersonInWords(cause, fixes)).toBe(words)
})
