import { expect, test } from 'vitest'
import { BASE, type Edits, FIXTURE, gate } from './trees.ts'

const GUARD = "one\ntwo\nif (!practice) return json(res, 404, { error: 'practice not found' })\nthree\n"
const fixture = { [FIXTURE]: '{"request":{"method":"POST","path":"/api/campaigns/launch"},"expect":{"status":404}}\n' }

/** Files an honest fix edits or adds; most are no part of the sample app, so they are put into both sides. */
const EDITED = [
  'src/routes/launch.ts src/routes/practices.ts src/server.ts src/instrument.ts src/lib/json.ts src/lib/author.ts',
  'src/lib/billing-campaign.ts src/webhook/github.ts src/app/[id]/page.tsx src/Übersicht.ts README.md docs/guide.md',
  'app/page.tsx app/(shop)/cart/page.tsx app/api/[...path]/route.ts app/@modal/page.tsx components/LoginForm.tsx',
  'packages/api/src/index.ts lib/db/client.py cmd/server/main.go src/main.rs src/main/java/App.java index.html',
  'src/config.ts src/sessions.ts src/lib/supabase/client.ts src/middlewares/cors.ts public/robots.txt styles/main.css',
  'src/migrate.ts src/docker.ts src/testing/factory.ts src/latest.ts src/inspector.ts src/payment-form.tsx',
  'src/環境.ts src/a-very-long-name-for-a-file-that-does-one-thing.ts worker/jobs/retry.ts sql/queries.sql locales/de.json',
].flatMap((line) => line.split(' '))

test('there are at least forty', () => {
  expect(EDITED.length).toBeGreaterThanOrEqual(40)
})

test.each(EDITED)('a guard in %s passes with its fixture', (path) => {
  const base = { ...BASE, [path]: 'one\ntwo\nthree\n' }
  const answer = gate({ [path]: GUARD, ...fixture }, {}, base)
  expect(answer.findings).toEqual([])
  expect(answer).toMatchObject({ answer: 'pass', files: 2, lines: 2 })
})

test.each<[string, Edits]>([
  ['a new source file', { 'src/lib/guard.ts': 'export const guard = 1\n' }],
  ['a new test', { 'tests/guard.test.ts': "test('guards', () => {})\n" }],
  ['a new test beside its source', { 'src/lib/guard.spec.ts': "test('guards', () => {})\n" }],
  ['a new folder', { 'src/new/deep/folder/a.ts': 'export {}\n' }],
  ['two files', { 'src/server.ts': GUARD, 'src/lib/json.ts': GUARD }],
  ['an empty file', { 'src/empty.ts': '' }],
  ['a lost last newline', { 'src/server.ts': 'one' }],
  ['a byte order mark', { 'src/server.ts': '\uFEFFone\n' }],
  ['Windows line ends', { 'src/server.ts': 'one\r\ntwo\r\n' }],
])('%s passes', (_, edits) => {
  expect(gate({ ...edits, ...fixture })).toMatchObject({ answer: 'pass', findings: [] })
})

test('one line in a file far larger than the cap passes', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `row ${i} of a long file`)
  const before = rows.join('\n')
  const after = rows.with(100, 'first').with(19_000, 'last').join('\n')
  const answer = gate({ 'src/rows.ts': after }, {}, { ...BASE, 'src/rows.ts': before })
  expect(answer).toMatchObject({ answer: 'pass', files: 1, lines: 4 })
  expect(answer.bytes).toBeLessThan(100)
})
