import { afterEach, beforeEach, expect, test } from 'vitest'
import { type EmulatedSentry, emulateSentry } from '../../emulators/sentry.ts'
import type { EmulatedIssue } from '../../emulators/sentryTypes.ts'
import { sentryTracker } from '../../lib/adapters/tracker.sentry.ts'
import type { Tracker } from '../../lib/world.ts'
import { fault, SLUG } from '../sources/sentry.ts'

const SHA = 'c'.repeat(40)
const WRITER = 'writer-token-of-acme'
let sentry: EmulatedSentry
let issue: EmulatedIssue
let tracker: Tracker
const trackerWith = (token = WRITER, repository: string | null = 'acme/shop') =>
  sentryTracker({ url: sentry.url, org: 'acme', token, timeoutMs: 1000 }, 'https://night.example/', repository)

beforeEach(async () => {
  sentry = await emulateSentry()
  sentry.store.repositories.add('acme/shop')
  issue = sentry.store.take(SLUG, fault())
  tracker = trackerWith()
})
afterEach(() => sentry.close())

const said = (text: string) => ({ mark: 'Nightshift: shop, issue 1', text, link: '/dashboard/agent-control/issues/1' })

test('it is resolved in the commit, and comes back only with what has it', async () => {
  expect(await tracker.isResolved(issue.id)).toBe(false)
  expect(await tracker.resolve(issue.id, SHA)).toBeUndefined()
  expect(issue).toMatchObject({
    status: 'resolved',
    statusDetails: { inCommit: { repository: 'acme/shop', commit: SHA } },
  })
  expect(await tracker.isResolved(issue.id)).toBe(true)
  sentry.store.take(SLUG, fault('launch', { release: 'b'.repeat(40) }))
  expect(issue.status).toBe('resolved')
  sentry.store.take(SLUG, fault('launch', { release: SHA }))
  expect(issue).toMatchObject({ status: 'unresolved', substatus: 'regressed' })
  // It was resolved; saying so again would hide that it came back.
  expect(await tracker.isResolved(issue.id)).toBe(true)
})

test.each([
  ['a repository that is not linked', 'acme/other'],
  ['none', null],
])('with %s it is resolved all the same', async (_, repository) => {
  expect(await trackerWith(WRITER, repository).resolve(issue.id, SHA)).toBeUndefined()
  expect(issue).toMatchObject({ status: 'resolved', statusDetails: {} })
})

test.each(['ignored', 'resolved'] as const)('what a person made %s stays so', async (status) => {
  Object.assign(issue, { status, statusDetails: { by: 'ada' } })
  await tracker.resolve(issue.id, SHA)
  expect(issue).toMatchObject({ status, statusDetails: { by: 'ada' } })
  expect(await tracker.isResolved(issue.id)).toBe(true)
})

test('one remark, replaced in place; somebody else’s stay', async () => {
  issue.comments.push({ id: '1', text: 'I saw this too', at: 0 })
  await tracker.remark(issue.id, said('Cured.'))
  expect(await tracker.isRemarked(issue.id, said('Cured.'))).toBe(true)
  expect(await tracker.isRemarked(issue.id, said('Relapsed.'))).toBe(false)
  for (let i = 0; i < 3; i++) await tracker.remark(issue.id, said('Relapsed.'))
  expect(issue.comments.map(({ text }) => text)).toEqual([
    'I saw this too',
    'Nightshift: shop, issue 1\n\nRelapsed.\n\nhttps://night.example/dashboard/agent-control/issues/1',
  ])
})

test('a remark of somebody else’s that begins like ours is left alone, and ours is said', async () => {
  issue.comments.push({ id: '1', text: 'Nightshift: shop, issue 1\nnot really', at: 0 })
  sentry.faults = [{ on: /PUT .*comments/, times: 1, what: { kind: 'before', status: 403 } }]
  await tracker.remark(issue.id, said('Cured.'))
  expect(issue.comments).toHaveLength(2)
  expect(issue.comments[0]!.text).toContain('not really')
})

test('the remark of another issue of ours stays, also where its number begins like this one’s', async () => {
  await tracker.remark(issue.id, { ...said('Twelve.'), mark: 'Nightshift: shop, issue 12' })
  await tracker.remark(issue.id, said('Cured.'))
  await tracker.remark(issue.id, said('Relapsed.'))
  expect(issue.comments.map(({ text }) => text.split('\n\n')[1]).sort()).toEqual(['Relapsed.', 'Twelve.'])
})

test('an answer that is no issue is no reason to say that it is resolved', async () => {
  sentry.faults = [{ on: /GET/, times: 9, what: { kind: 'says', json: { state: 'resolved' } } }]
  await expect(tracker.isResolved(issue.id)).rejects.toThrow('not what it should be')
  await expect(tracker.isRemarked(issue.id, said('x'))).rejects.toThrow('not what they should be')
  await expect(tracker.resolve(issue.id, SHA)).rejects.toThrow('not what it should be')
  expect(issue.status).toBe('unresolved')
})

test.each<[string, () => void]>([
  ['a token that may not write', () => (sentry.tokens[WRITER] = ['event:read'])],
  ['a token that is not known', () => (sentry.tokens = {})],
  ['an issue that is gone', () => sentry.store.issues.splice(0)],
])('%s is a refusal: nothing was done', async (_, spoil) => {
  spoil()
  expect(await tracker.resolve(issue.id, SHA)).toEqual({ refused: expect.stringMatching(/^Sentry: \w+$/) })
  expect(await tracker.remark(issue.id, said('Cured.'))).toEqual({ refused: expect.any(String) })
  expect(issue).toMatchObject({ status: 'unresolved', comments: [] })
})

test.each(['before', 'after', 'lost', 'slow', 'limit'] as const)(
  'a call that fails (%s) is unknown, and is asked about',
  async (kind) => {
    const what =
      kind === 'slow'
        ? { kind, ms: 1500 }
        : kind === 'limit'
          ? { kind, seconds: 1 }
          : kind === 'lost'
            ? { kind }
            : { kind, status: 502 }
    sentry.faults = [{ on: /PUT/, times: 1, what }]
    await expect(tracker.resolve(issue.id, SHA)).rejects.toThrow()
    const done = kind === 'after' || kind === 'lost'
    if (kind !== 'slow') expect(await tracker.isResolved(issue.id)).toBe(done)
    await tracker.resolve(issue.id, SHA)
    expect(await tracker.isResolved(issue.id)).toBe(true)
  },
)
