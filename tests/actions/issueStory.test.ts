import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueStory } from '../../lib/actions/issueStory.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { addDiagnosis } from '../../lib/store/diagnoses.ts'
import { insertEvent } from '../../lib/store/events.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
let id: number
let other: number
beforeAll(async () => {
  db = await freshDatabase()
  const settings = { repository: '/r', app: 'shop' }
  id = (await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings })).id
  other = (await registerProject(db.sql, { slug: 'else', name: 'Else', settings })).id
})
afterAll(() => db.drop())

const NOW = new Date()
async function issue(project: number, fingerprint: string, closedAs: 'cured' | 'archived' | null): Promise<number> {
  const [row] = await db.admin<{ id: number }[]>`
    insert into nightshift.issues (project, fingerprint, title, severity, severity_why, state, closed_as, closed_at, first_seen, last_seen)
    values (${project}, ${fingerprint}, 't', 'P2', 'w', ${closedAs ? 'closed' : 'open'}, ${closedAs}, ${closedAs && NOW}, now(), now())
    returning id`
  return row!.id
}

const body = (message: string) => ({
  exception: { values: [{ type: 'TypeError', value: message }] },
  release: 'a'.repeat(40),
  environment: 'production',
  request: { method: 'GET', url: 'http://shop.example/cart?x=1', headers: { accept: '*/*' } },
})

test('the events a diagnosis names come with their bodies, in its order; a dropped one is said to be gone', async () => {
  const one = await issue(id, 'f', null)
  await insertEvent(db.sql, id, 'sentry', 'e1', body('first'))
  await insertEvent(db.sql, id, 'sentry', 'e2', body('second'))
  await insertEvent(db.sql, other, 'sentry', 'e3', body('of another project'))
  await insertEvent(db.sql, id, 'sentry', 'e4', {})
  const events = ['e2', 'e1', 'e3', 'e4', 'gone', 'sixth']
  const facts = { base: 'a'.repeat(40), route: null, crash: null, spots: [], frames: [], suspect: null, previous: null }
  await addDiagnosis(db.sql, {
    issue: one,
    cause: 'code',
    remedy: 'code-fix',
    confidence: 1,
    why: 'w',
    facts: { ...facts, suspectIsNew: false, requests: [], events },
  })
  const { told } = (await issueStory(db.sql, one))!
  expect(told.witnesses.map(({ id: name, event }) => [name, event?.failure.message ?? null])).toEqual([
    ['e2', 'second'],
    ['e1', 'first'],
    ['e3', null],
    ['e4', null],
    ['gone', null],
  ])
  expect(told.witnesses[0]?.event).toMatchObject({
    sha: 'a'.repeat(40),
    environment: 'production',
    request: { method: 'GET', path: '/cart?x=1' },
  })
})

test('what was closed before of the same fingerprint is named, newest first; nothing else is', async () => {
  const first = await issue(id, 'again', 'archived')
  const second = await issue(id, 'again', 'cured')
  await issue(other, 'again', 'cured')
  await issue(id, 'different', 'cured')
  const now = await issue(id, 'again', null)
  const earlier = async (of: number) => (await issueStory(db.sql, of))!.told.earlier
  expect(await earlier(now)).toEqual([
    { id: second, closedAs: 'cured', closedAt: NOW },
    { id: first, closedAs: 'archived', closedAt: NOW },
  ])
  expect(await earlier(first)).toEqual([])
})

test('each row of the audit comes with its hash, and no such issue is none', async () => {
  const one = await issue(id, 'audited', null)
  await db.sql`select note(${id}, 'watcher', 'issue.opened', ${db.sql.json({ issue: one })})`
  const { told } = (await issueStory(db.sql, one))!
  expect(told.audit).toMatchObject([{ what: 'issue.opened', hash: expect.stringMatching(/^[0-9a-f]{64}$/) }])
  expect(await issueStory(db.sql, 4711)).toBeNull()
})
