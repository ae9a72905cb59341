import type { ProposalFacts } from '../../../lib/policy/proposal/facts.ts'

const run = (side: 'A' | 'B') => ({
  ...{ side, status: side === 'A' ? 500 : 404, fingerprint: side === 'A', others: 0, egress: 0, ms: 12 },
  asExpected: true,
})

export const ISSUE: NonNullable<ProposalFacts['issue']> = {
  ...{ id: 12, severity: 'P2', users: 3, seen: 15, route: 'POST /api/campaigns/launch' },
}

/** A repair as it usually is. */
export const FACTS: ProposalFacts = {
  issue: ISSUE,
  tests: [],
  fix: { id: '0123456789ab', paths: ['src/routes/launch.ts'], tier: 'replayed' },
  errorType: 'TypeError',
  errorMessage: "Cannot read properties of undefined (reading 'id')",
  cause: { path: 'src/routes/launch.ts', line: 42 },
  answers: 404,
  audit: { seq: 77, hash: 'a'.repeat(64) },
  summary: 'Answers 404 where there is no such practice.',
  assumes: ['An unknown practice is the caller’s mistake.'],
  proof: {
    tier: 'replayed',
    runs: [run('A'), run('B'), run('A'), run('B'), run('A'), run('B')],
    suite: {
      ...{ stable: 12, broken: [], flickering: [], lost: [], newTestFailedBefore: true, newTestPassed: true, runs: [] },
    },
    types: { before: 0, after: 0 },
    smokeChanged: [],
    gate: 'pass',
    kept: [],
    boundary: 'namespaces',
    ms: 9000,
  },
  risk: { low: true, reasons: [], files: 1, lines: 4 },
  decisions: [
    { kind: 'push', target: 'branch', decision: { answer: 'go', reasons: ['A proposal is always allowed.'] } },
  ],
}

/** The same with one text in every field others can write. */
export const poisoned = (text: string): ProposalFacts => ({
  ...FACTS,
  issue: { ...ISSUE, route: text },
  tests: [text],
  fix: { ...FACTS.fix, paths: [text, `src/${text}`] },
  writtenTest: text,
  errorType: text,
  errorMessage: text,
  cause: { path: text, line: 1 },
  summary: text,
  assumes: [text, text],
  proof: { ...FACTS.proof, boundary: text },
  risk: { ...FACTS.risk, low: false, reasons: [`src/${text}: ${text}`] },
  decisions: [{ kind: 'push', target: 'branch', decision: { answer: 'ask', reasons: [text] } }],
})

/** Lines of a body outside its fences, and the quotations inside, as GitHub reads fences. */
export function partsOf(body: string): { outside: string[]; quotes: string[][] } {
  const [outside, quotes]: [string[], string[][]] = [[], []]
  let open: number | null = null
  for (const line of body.split('\n')) {
    const run = /^ {0,3}(`{3,})/.exec(line)?.[1]?.length ?? 0
    const bare = /^ {0,3}`{3,}\s*$/.test(line)
    if (open === null && run > 0) {
      open = run
      quotes.push([])
    } else if (open !== null && bare && run >= open) open = null
    else if (open !== null) quotes.at(-1)!.push(line)
    else outside.push(line)
  }
  if (open !== null) throw new Error('a fence stays open')
  return { outside, quotes }
}
