import { expect, test } from 'vitest'
import { lowRisk, type RiskFacts, riskOf } from '../../lib/policy/risk.ts'

const small: RiskFacts = { files: 2, lines: 40, findings: [], critical: false, tier: 'replayed', kept: 0 }

test('two files and forty lines are low', () => {
  expect(lowRisk(small)).toEqual({ low: true, reasons: [], files: 2, lines: 40 })
  expect(lowRisk({ ...small, tier: 'tested' }).low).toBe(true)
  expect(lowRisk({ ...small, files: 0, lines: 0 }).low).toBe(true)
})

test.each<[string, Partial<RiskFacts>, string]>([
  ['three files', { files: 3 }, '3 files'],
  ['41 lines', { lines: 41 }, '41 lines'],
  ['a count that is none', { files: Number.NaN }, 'NaN files'],
  ['a negative count', { lines: -1 }, '-1 lines'],
  ['more than is counted', { lines: 301 }, 'more than 300 lines'],
  ['a critical route', { critical: true }, 'critical'],
  ['not reproduced', { tier: 'not-reproduced' }, 'reproduced'],
  ['a test of a model', { tier: 'tested', writtenTest: true }, 'A model wrote the test'],
  ['a captured value', { kept: 1 }, '1 captured value that'],
  ['a finding', { findings: [{ path: 'a.ts', why: 'It deletes data.' }] }, 'a.ts: It deletes data.'],
])('not low: %s', (_, over, reason) => {
  const risk = lowRisk({ ...small, ...over })
  expect(risk.low).toBe(false)
  expect(risk.reasons.join(' ')).toContain(reason)
})

const before = { 'src/a.ts': "import pg from 'pg'\nconst a = 1\n", 'src/b.ts': 'const b = 1\n' }
const riskFrom = (after: Record<string, string>) =>
  riskOf({ before, after, critical: false, tier: 'replayed', kept: 0 })

test('a guard is low, and is counted', () => {
  const guard = `${before['src/a.ts']}if (!a) return json(res, 404, { error: 'practice not found' })\n`
  expect(riskFrom({ 'src/a.ts': guard })).toEqual({ low: true, reasons: [], files: 1, lines: 1 })
})

test('an unchanged file does not count, a new one does with all its lines', () => {
  expect(riskFrom({ 'src/b.ts': 'const b = 1\n', 'src/c.ts': 'one\ntwo\n' })).toMatchObject({ files: 1, lines: 2 })
})

test('what a line does is found, and all of it is said', () => {
  const risk = riskFrom({ 'src/b.ts': 'fetch(process.env.URL)\n' })
  expect(risk.reasons).toEqual(['src/b.ts: It adds a call to the outside.', 'src/b.ts: It reads the environment.'])
})

test('a written test counts in no number, and is said', () => {
  const after = { 'src/b.ts': 'const b = 2\n' }
  const risk = riskOf({ before, after, critical: false, tier: 'tested', kept: 0, writtenTest: true })
  expect(risk).toMatchObject({ low: false, files: 1, lines: 2, reasons: [expect.stringContaining('A model wrote')] })
})

test('a change too long to compare is not low', () => {
  expect(riskFrom({ 'src/b.ts': 'x\n'.repeat(5000) })).toMatchObject({ low: false, lines: 301 })
})
