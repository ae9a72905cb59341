import type { DecisionFacts } from '../../lib/policy/decisionFacts.ts'

/**
 * Section 7 of the design read a second time, as the sentences it is made of: each says of which cells it speaks and
 * what it answers there. The strictest sentence that speaks wins, and where none speaks nothing may happen. No helper of
 * `lib/policy` is used here.
 */
type Answer = 'go' | 'ask' | 'stop'
type Sentence = [words: string, speaks: (cell: Cell) => boolean, answer: Answer]
export type Cell = Omit<DecisionFacts, 'policy' | 'policyVersion' | 'now'>

const is = <T>(value: T, ...some: T[]) => some.includes(value)
const known = (c: Cell) => c.level === 1 || c.level === 2 || c.level === 3
const push = (c: Cell) => is(c.kind, 'push', 'propose') && c.target === 'branch'
const reset = (c: Cell) => c.kind === 'reset-environment' && is(c.target, 'branch', 'staging')
const ci = (c: Cell) => (c.kind === 'rerun' && c.target !== 'inbox') || reset(c)
const ships = (c: Cell) => is(c.kind, 'merge', 'deploy', 'promote')
const staging = (c: Cell) => ships(c) && c.target === 'staging'
const production = (c: Cell) => ships(c) && c.target === 'production'
const back = (c: Cell) =>
  is(c.kind, 'rollback', 'revert', 'propose-revert', 'withdraw') && is(c.target, 'staging', 'production')
const ours = (c: Cell) => back(c) && c.rollback?.whose === 'ours'
const persons = (c: Cell) => back(c) && c.rollback !== undefined && !ours(c)
/** What carries our change out. */
const change = (c: Cell) => push(c) || staging(c) || production(c)
const p2to4 = (c: Cell) => is(c.severity, 'P2', 'P3', 'P4')
/** A count, or it counts as large. */
const usersAtMost = (c: Cell, most: number) => c.users !== null && c.users >= 0 && c.users <= most
const level2Alone = (c: Cell) => p2to4(c) && usersAtMost(c, 9) && c.risk.low

export const SENTENCES: Sentence[] = [
  ['tell: go at every level', (c) => c.kind === 'tell' && c.target === 'inbox', 'go'],
  ['an unknown level changes nothing', (c) => c.kind !== 'tell' && !known(c), 'stop'],

  ['push and draft PR: go at every level', push, 'go'],
  ['rerun CI, reset environment, level 1: a person’s click', (c) => ci(c) && c.level === 1, 'ask'],
  ['rerun CI, reset environment, levels 2 and 3: go', (c) => ci(c) && is(c.level, 2, 3), 'go'],
  ['staging, level 1: ask', (c) => staging(c) && c.level === 1, 'ask'],
  ['staging, levels 2 and 3: go', (c) => staging(c) && is(c.level, 2, 3), 'go'],
  ['production, level 1: ask', (c) => production(c) && c.level === 1, 'ask'],
  [
    'production, level 2: go for P2–P4, < 10 users, low risk',
    (c) => production(c) && c.level === 2 && level2Alone(c),
    'go',
  ],
  ['production, level 2: else ask', (c) => production(c) && c.level === 2 && !level2Alone(c), 'ask'],
  ['production, level 3: go', (c) => production(c) && c.level === 3, 'go'],
  [
    'production, level 3: P0 with > 100 users asks',
    (c) => production(c) && c.level === 3 && c.severity === 'P0' && !usersAtMost(c, 100),
    'ask',
  ],

  ['roll back our release: go at every level', ours, 'go'],
  ['roll back a person’s deployment, level 1: ask', (c) => persons(c) && c.level === 1, 'ask'],
  ['level 2: ask', (c) => persons(c) && c.level === 2 && !c.rollback?.optedIn, 'ask'],
  [
    'level 2, opt-in: go when the computed safety is clean',
    (c) => persons(c) && c.level === 2 && c.rollback!.optedIn && c.rollback!.clean.answer,
    'go',
  ],
  ['level 3: go when clean', (c) => persons(c) && c.level === 3 && c.rollback!.clean.answer, 'go'],
  ['not clean: a person', (c) => persons(c) && !c.rollback!.clean.answer, 'ask'],

  ['protected files may be shown, never pushed', (c) => change(c) && c.gate === 'refused', 'stop'],
  ['lockfiles and package.json need approval', (c) => change(c) && c.gate === 'needs-approval', 'ask'],
  ['captured values that stayed ask a person before the push', (c) => change(c) && c.kept !== 0, 'ask'],
  [
    'a repository without tests or with a red suite gets PRs only',
    (c) => (staging(c) || production(c)) && c.suite !== 'green',
    'stop',
  ],
  [
    'not reproduced may be proposed, never shipped without a person',
    (c) => (staging(c) || production(c)) && c.tier === 'not-reproduced',
    'ask',
  ],
]

export function ruling(cell: Cell): Answer {
  const said = new Set<Answer>()
  for (const [, speaks, answer] of SENTENCES) if (speaks(cell)) said.add(answer)
  if (said.has('stop') || said.size === 0) return 'stop'
  return said.has('ask') ? 'ask' : 'go'
}

/** Production hours bind P2–P4, and nothing else waits for them. */
export const bound = (cell: Cell): boolean => production(cell) && !is(cell.severity, 'P0', 'P1')
