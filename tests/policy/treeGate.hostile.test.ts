import { expect, test } from 'vitest'
import { CHANGED, HOSTILE, moved } from './cases.ts'
import { gate, rulesOf } from './trees.ts'

test.each(HOSTILE)('%s', (_, edits, rule) => {
  const answer = gate(edits)
  expect(answer.answer).toBe('refused')
  expect(rulesOf(answer)).toContain(rule)
})

test('a moved file is judged under both names', () => {
  const findings = gate(moved('supabase/migrations/001_init.sql', '.github/x.sql')).findings
  expect(findings.filter(({ side }) => side === 'base').map(({ path }) => path)).toContain(
    'supabase/migrations/001_init.sql',
  )
  expect(findings.filter(({ side }) => side === 'head').map(({ path }) => path)).toContain('.github/x.sql')
})

test('what cannot be seen is written out for the reader', () => {
  const [finding] = gate({ 'vercel\u200B.json\u202E': CHANGED }).findings
  expect(finding?.path).toBe('vercel\\u{200b}.json\\u{202e}')
})

test('one bad file among good ones refuses all', () => {
  const answer = gate({ 'src/routes/launch.ts': CHANGED, 'src/lib/new.ts': CHANGED, '.env': CHANGED })
  expect(answer.answer).toBe('refused')
  expect(new Set(answer.findings.map(({ path }) => path))).toEqual(new Set(['.env']))
})
