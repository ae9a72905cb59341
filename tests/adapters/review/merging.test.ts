import { expect, test } from 'vitest'
import { endOf } from '../../../lib/adapters/review/merging.ts'
import type { Proposal } from '../../../lib/domain/proposal.ts'

const [HEAD, OTHER] = ['a'.repeat(40), 'b'.repeat(40)]
const open: Proposal = {
  ...{ number: 1, link: 'https://host.example/1', branch: 'agent/fix', into: 'main', head: HEAD, draft: false },
  ...{ state: 'open', merge: null },
}

test.each<[string, Partial<Proposal>, object | null]>([
  ['open, at its head and no draft: to be merged', {}, null],
  ['a draft', { draft: true }, { state: 'blocked', why: 'It is a draft.' }],
  ['at another head, whatever became of it', { head: OTHER, state: 'merged', merge: OTHER }, { state: 'moved' }],
  ['merged', { state: 'merged', merge: OTHER }, { state: 'merged', sha: OTHER }],
  ['merged, and the host does not say yet as what', { state: 'merged' }, { state: 'unknown' }],
  ['closed', { state: 'closed' }, { state: 'closed' }],
])('a request is %s', (_, change, end) => {
  expect(endOf({ ...open, ...change }, HEAD)).toEqual(end)
})
