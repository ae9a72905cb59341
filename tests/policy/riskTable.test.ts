import { expect, test } from 'vitest'
import { lowRisk, type RiskFacts } from '../../lib/policy/risk.ts'

/** Section 7 on low risk, sentence by sentence; each that is broken is a reason. */
const SENTENCES: ((f: RiskFacts) => boolean)[] = [
  (f) => ['replayed', 'tested'].includes(f.tier),
  (f) => [0, 1, 2].includes(f.files),
  (f) => Number.isInteger(f.lines) && Math.abs(f.lines - 20) <= 20,
  (f) => !f.critical,
  (f) => f.kept === 0,
]

const COUNTS = { files: [0, 1, 2, 3, 10, -1, Number.NaN], lines: [0, 1, 40, 41, 300, 301, -1, Number.NaN] }
const TIERS = ['replayed', 'tested', 'not-reproduced', 'unheard-of' as RiskFacts['tier']] as const
const FINDINGS = [0, 1, 2].map((n) =>
  Array.from({ length: n }, (_, at) => ({ path: `${at}.ts`, why: 'It deletes data.' })),
)

function* product(): Generator<RiskFacts> {
  for (const files of COUNTS.files)
    for (const lines of COUNTS.lines)
      for (const findings of FINDINGS)
        for (const critical of [true, false])
          for (const tier of TIERS)
            for (const kept of [0, 1, 2, Number.NaN]) yield { files, lines, findings, critical, tier, kept }
}

test('low risk is what a second reading calls low, with a reason for each thing that is not', () => {
  const wrong: RiskFacts[] = []
  let cells = 0
  let low = 0
  for (const facts of product()) {
    cells++
    const broken = SENTENCES.filter((holds) => !holds(facts)).length + facts.findings.length
    const risk = lowRisk(facts)
    if (risk.low) low++
    if (risk.low !== (broken === 0) || risk.reasons.length !== broken) wrong.push(facts)
  }
  expect(cells).toBe(7 * 8 * 3 * 2 * 4 * 4)
  expect(low).toBe(3 * 3 * 2)
  expect(wrong.slice(0, 3)).toEqual([])
})
