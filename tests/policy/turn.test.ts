import { expect, test } from 'vitest'
import type { Severity } from '../../lib/domain/issue.ts'
import type { Refusal, ReleaseFacts, ReleaseState } from '../../lib/domain/release.ts'
import { goesBefore } from '../../lib/policy/turn.ts'

const refused = (asks: boolean): Refusal => ({ kind: 'merge', target: 'production', reason: 'r', why: [], asks })
const waits: ReleaseFacts = { refused: refused(false) }
const asks: ReleaseFacts = { refused: refused(true) }
const all: Severity[] = ['P0', 'P1', 'P2', 'P3', 'P4']

test.each<[string, ReleaseState, ReleaseFacts, Severity, Severity[]]>([
  ['a release that goes on', 'soaking', {}, 'P3', all],
  ['one that is merged, whatever its last refusal said', 'promoting', { ...waits, mainSha: 'm' }, 'P3', all],
  ['one that is on staging already', 'staging', { ...waits, stagingSha: 's' }, 'P3', all],
  ['one that is watched', 'watching', waits, 'P3', all],
  ['one that waits for a person', 'promoting', asks, 'P0', []],
  ['one that waits for a person before staging', 'staging', asks, 'P0', []],
  ['a P4 that waits for the morning', 'promoting', waits, 'P4', ['P2', 'P3', 'P4']],
  ['a P2 that waits for the morning', 'promoting', waits, 'P2', ['P2', 'P3', 'P4']],
  ['a P2 that was told no before staging', 'staging', waits, 'P2', ['P2', 'P3', 'P4']],
  ['a P1 that was told no for another reason', 'promoting', waits, 'P1', all],
  ['a P0 that was told no for another reason', 'promoting', waits, 'P0', all],
])('%s goes before', (_, state, facts, severity, before) => {
  expect(all.filter((mine) => goesBefore({ state, facts, severity }, mine))).toEqual(before)
})
