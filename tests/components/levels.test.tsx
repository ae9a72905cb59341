import { expect, test } from 'vitest'
import { LevelForm } from '../../components/levelForm.tsx'
import { type Cell, cellInWords, EFFECTS } from '../../components/levels.ts'
import { LevelTable } from '../../components/levelTable.tsx'
import type { Severity } from '../../lib/domain/issue.ts'
import type { Level } from '../../lib/domain/project.ts'
import { Policy } from '../../lib/domain/project.ts'
import { decide } from '../../lib/policy/decision.ts'
import type { DecisionFacts } from '../../lib/policy/decisionFacts.ts'
import { EARNED } from '../../lib/policy/levelUp.ts'
import { html, words } from './markup.tsx'

const OPEN = new Date('2026-06-01T11:00:00Z')
const SHUT = new Date('2026-06-01T23:00:00Z')
const SEVERITIES: Severity[] = ['P0', 'P1', 'P2', 'P3', 'P4']
const USERS = [0, 9, 10, 100, 101, null]
const LEVELS: Level[] = [1, 2, 3]

type Facts = Omit<DecisionFacts, 'level' | 'kind' | 'target'>

/** Every case a cell could speak of. */
const CASES: Facts[] = SEVERITIES.flatMap((severity) =>
  USERS.flatMap((users) =>
    [true, false].flatMap((low) =>
      [OPEN, SHUT].flatMap((now) =>
        [true, false].flatMap((clean) =>
          [true, false].map((optedIn): Facts => {
            const risk = { low, reasons: low ? [] : ['It is large.'], files: 1, lines: 1 }
            const rollback = { whose: 'person', clean: { answer: clean, why: 'it says so.' }, optedIn } as const
            return {
              severity,
              users,
              risk,
              tier: 'replayed',
              now,
              rollback,
              policy: Policy.parse({}),
              policyVersion: 1,
            }
          }),
        ),
      ),
    ),
  ),
)

/** What the policy is asked for each row of the table. */
const ASKED: Record<string, [DecisionFacts['kind'], DecisionFacts['target'], 'ours' | 'person'][]> = {
  'Push agent/fix-…, draft pull request': [['push', 'branch', 'ours']],
  'Rerun CI, reset environment': [
    ['rerun', 'branch', 'ours'],
    ['reset-environment', 'branch', 'ours'],
  ],
  Staging: [
    ['merge', 'staging', 'ours'],
    ['deploy', 'staging', 'ours'],
    ['promote', 'staging', 'ours'],
  ],
  Production: [
    ['merge', 'production', 'ours'],
    ['deploy', 'production', 'ours'],
    ['promote', 'production', 'ours'],
  ],
  'Roll back our release': [['rollback', 'production', 'ours']],
  'Roll back a person’s deployment': [['rollback', 'production', 'person']],
  'Tell people': [['tell', 'inbox', 'ours']],
}

/** What the cell says: whether it happens now without anybody. */
function says(cell: Cell, { severity, users, risk, now, rollback }: Facts): boolean {
  if (typeof cell === 'string') return cell === 'go'
  if (cell.clean) return rollback!.clean.answer && (!cell.optIn || rollback!.optedIn)
  if (cell.severities && !cell.severities.includes(severity)) return false
  if (cell.usersBelow !== undefined && (users === null || users >= cell.usersBelow)) return false
  if (cell.lowRisk && !risk.low) return false
  if (cell.asksAbove?.severity === severity && (users === null || users > cell.asksAbove.users)) return false
  return now === OPEN || !cell.inHours?.includes(severity)
}

test.each(EFFECTS.flatMap(({ name, at }) => LEVELS.map((level) => [name, level, at[level]] as const)))(
  '%s at level %d: the cell says what the policy does, in every case',
  (name, level, cell) => {
    expect(ASKED[name]).toBeDefined()
    for (const [kind, target, whose] of ASKED[name] ?? [])
      for (const facts of CASES) {
        const { answer, from, until } = decide({
          ...facts,
          kind,
          target,
          level,
          rollback: { ...facts.rollback!, whose },
        })
        const now = new Date(from) <= facts.now && facts.now < new Date(until)
        const { severity, users, risk } = facts
        expect({ kind, severity, users, low: risk.low, goes: answer === 'go' && now }).toEqual({
          kind,
          severity,
          users,
          low: risk.low,
          goes: says(cell, facts),
        })
      }
  },
)

test('the rows are the design’s, and so are the words of the cells that are not plain', () => {
  expect(EFFECTS.map(({ name }) => name)).toEqual(Object.keys(ASKED))
  const [, rerun, , production, , person] = EFFECTS
  expect(LEVELS.map((level) => cellInWords(rerun!.at[level]))).toEqual(['a person’s click', 'go', 'go'])
  expect(LEVELS.map((level) => cellInWords(production!.at[level]))).toEqual([
    'ask',
    'go for P2–P4, < 10 users, low risk, in hours; else ask',
    'go (P2–P4 in hours); P0 with > 100 users asks',
  ])
  expect(LEVELS.map((level) => cellInWords(person!.at[level]))).toEqual([
    'ask',
    'ask (opt-in: go when the computed safety is clean)',
    'go when clean',
  ])
})

test.each(LEVELS)('level %d is marked as the one in force, in a word', (level) => {
  const markup = html(<LevelTable level={level} />)
  expect(
    markup.match(/<th scope="col" class="level-now">[^<]*<!-- -->|<th scope="col" class="level-now">/g),
  ).toHaveLength(1)
  expect(words(markup)).toMatch(new RegExp(`${level} [a-z -]+ \\(now\\)`))
})

test('what level 3 takes is told with the policy’s own numbers', () => {
  const text = words(html(<LevelForm project="clinic" level={2} policyVersion={1} />))
  expect(text).toContain(`${EARNED.days} days at level 2 with at least ${EARNED.cured} cured`)
  expect(text).toContain('Level 1: propose.')
  expect(text).not.toContain('Level 2: auto-fix low risk.')
})
