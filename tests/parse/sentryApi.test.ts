import { expect, test } from 'vitest'
import { eventBody, eventPage } from '../../emulators/sentryShapes.ts'
import { SentryStore } from '../../emulators/sentryStore.ts'
import { redact } from '../../lib/parse/redact.ts'
import { sdkEventOf, timeOf } from '../../lib/parse/sentryApi.ts'
import { errorEventOf } from '../../lib/parse/sentryEvent.ts'
import { AT, crash, launchEvent, SHA, thrown } from './launchEvent.ts'

const files = new Set(['src/app.ts', 'src/routes/campaigns.ts'])
const read = (body: unknown) => {
  const parsed = errorEventOf(redact(body, 'salt'), AT, 'e1', files)
  if (!parsed.ok) throw new Error(parsed.why)
  return parsed.event
}
const taken = (value: unknown) => {
  const told = sdkEventOf(value)
  if (!told.ok) throw new Error(told.why)
  return told
}
/** As Sentry shows it: in a list, and on its own page. */
function shown(event: Record<string, unknown>) {
  const issue = new SentryStore().take('clinic', event)
  return [eventBody(issue.events[0]!, issue), eventPage(issue.events[0]!, issue)]
}

test.each<[string, Record<string, unknown>]>([
  ['the launch fault', launchEvent],
  [
    'a chain of causes',
    { ...launchEvent, exception: { values: [{ ...thrown, type: 'DbError', value: 'gone' }, thrown] } },
  ],
  ['an exception as a bare list', { ...launchEvent, exception: [thrown] }],
  ['a handled warning', { ...launchEvent, level: 'warning', exception: [{ ...thrown, mechanism: { handled: true } }] }],
  ['staging', { ...launchEvent, environment: 'staging' }],
  ['no release and no user', { ...launchEvent, release: undefined, user: undefined }],
  ['a message alone', { ...launchEvent, exception: undefined, message: 'disk 7 is full' }],
  ['a query', { ...launchEvent, request: { ...launchEvent.request, url: 'http://localhost/api/a?b=1&c=2', data: '' } }],
  ['no request', { ...launchEvent, request: undefined }],
  [
    'a frame without lines',
    { ...launchEvent, exception: [{ ...thrown, stacktrace: { frames: [{ ...crash, context_line: undefined }] } }] },
  ],
])('%s is the same event through the API as through the DSN', (_, event) => {
  const direct = read(event)
  for (const told of shown(event)) expect(read(taken(told).body)).toEqual(direct)
})

test('an event as Sentry’s documentation shows one, written by hand', () => {
  const told = taken({
    id: 'ABCDEF00-1234-5678-90AB-CDEF12345678',
    eventID: 'ABCDEF00-1234-5678-90AB-CDEF12345678',
    dateCreated: '2026-11-29T02:00:00Z',
    dateReceived: '2026-11-29T02:00:02.500000Z',
    culprit: 'src/routes/campaigns.ts in launchCampaign',
    release: null,
    tags: [
      { key: 'environment', value: 'production' },
      { key: 'level', value: 'fatal' },
      { key: 'release', value: SHA },
      { key: 'transaction', value: 'POST /api/campaigns/:id' },
      { key: 'user', value: 'id:u-3' },
      { key: 'user.email', value: 'ada@example.com' },
    ],
    user: { id: 'u-3', email: null, data: {} },
    contexts: { trace: { trace_id: 'ee24c6493e3343b588bbbbc15abd3a4c', type: 'trace' } },
    entries: [
      {
        type: 'exception',
        data: {
          hasSystemFrames: false,
          values: [
            {
              type: 'TypeError',
              value: 'x is undefined',
              mechanism: { type: 'generic', handled: false },
              stacktrace: {
                frames: [
                  { filename: 'src/app.ts', function: 'main', lineNo: 1, colNo: null, inApp: true, context: [] },
                  {
                    filename: 'src/routes/campaigns.ts',
                    absPath: '/app/src/routes/campaigns.ts',
                    function: 'launchCampaign',
                    lineNo: 32,
                    colNo: 46,
                    inApp: true,
                    context: [
                      [31, 'before'],
                      [32, 'crash()'],
                      [33, 'after'],
                    ],
                  },
                ],
              },
            },
          ],
        },
      },
      { type: 'breadcrumbs', data: { values: [{ category: 'console', message: 'hello' }] } },
    ],
  })
  expect(told).toMatchObject({ id: 'abcdef001234567890abcdef12345678', at: Date.parse('2026-11-29T02:00:02.5Z') })
  expect(told.body).toMatchObject({ tags: { level: 'fatal' }, breadcrumbs: { values: [{ message: 'hello' }] } })
  expect(JSON.stringify(told.body)).not.toContain('ada@example.com')
  expect(JSON.stringify(told.body.tags)).not.toContain('u-3')
  const frames = (told.body.exception as { values: { stacktrace: { frames: object[] } }[] }).values[0]!.stacktrace
    .frames
  expect(frames[1]).toMatchObject({ pre_context: ['before'], context_line: 'crash()', post_context: ['after'] })
  expect(read(told.body)).toMatchObject({
    ...{ level: 'fatal', environment: 'production', sha: SHA, route: 'POST /api/campaigns/:id' },
    user: expect.stringMatching(/^user:[0-9a-f]{16}$/),
    failure: {
      type: 'TypeError',
      handled: false,
      frames: [{ path: 'src/routes/campaigns.ts', line: 32, context: 'crash()' }, {}],
    },
  })
})

test.each([null, 7, 'text', [], [{}], true])('%j is no event', (value) => {
  expect(sdkEventOf(value)).toMatchObject({ ok: false })
})

const deep = (n: number): unknown => JSON.parse(`${'['.repeat(n)}${']'.repeat(n)}`)
test.each<[string, unknown]>([
  ['entries that are none', { entries: 'exception' }],
  ['an entry without data', { entries: [{ type: 'exception' }, null, 7] }],
  ['values that are none', { entries: [{ type: 'exception', data: { values: { a: 1 } } }] }],
  [
    'frames that are none',
    { entries: [{ type: 'exception', data: { values: [{ type: 7, value: [], stacktrace: 'x' }] } }] },
  ],
  [
    'frames of nothing',
    { entries: [{ type: 'exception', data: { values: [{ stacktrace: { frames: [null, [], 'x', {}] } }] } }] },
  ],
  [
    'lines that are none',
    {
      entries: [
        {
          type: 'exception',
          data: { values: [{ stacktrace: { frames: [{ lineNo: 'x', context: [[1], ['a', 'b'], 7] }] } }] },
        },
      ],
    },
  ],
  ['tags of all sorts', { tags: [null, [], ['a'], ['a', 1], { key: {} }, { key: '__proto__', value: 'x' }] }],
  [
    'names of the prototype',
    JSON.parse('{"__proto__":{"ok":1},"constructor":{"prototype":{}},"tags":{"__proto__":1}}'),
  ],
  ['a user that is a list', { user: ['u'], contexts: [], context: 'x', sdk: 1 }],
  ['a request of nothing', { entries: [{ type: 'request', data: { url: 7, headers: 'x', query: [[1, 2], ['a']] } }] }],
  ['a release of nothing', { release: { version: { deep: true } }, dateReceived: 'yesterday', eventID: {} }],
  ['depth', { entries: deep(5000), context: { a: deep(5000) } }],
])('%s make an event or none, and nothing is thrown', (_, value) => {
  const told = taken(value)
  expect(told.id).toMatch(/^[0-9a-f]{32}$/)
  expect(() => errorEventOf(redact(told.body, 'salt'), AT, told.id)).not.toThrow()
  expect(({} as { ok?: unknown }).ok).toBeUndefined()
})

test('an event without an id is the same one each time it is told', () => {
  expect(taken({ message: 'a' }).id).toBe(taken({ message: 'a' }).id)
  expect(taken({ message: 'a' }).id).not.toBe(taken({ message: 'b' }).id)
})

test.each<[unknown, number | null]>([
  ['2026-11-29T02:00:00Z', Date.UTC(2026, 10, 29, 2)],
  ['2026-11-29T02:00:00.123456Z', Date.UTC(2026, 10, 29, 2, 0, 0, 123)],
  ['2026-11-29T04:00:00+02:00', Date.UTC(2026, 10, 29, 2)],
  ['2026-11-29T02:00:00', null],
  ['2026-99-29T02:00:00Z', null],
  ['29 Nov 2026', null],
  [1795175262, null],
  [null, null],
])('the time %j', (value, at) => expect(timeOf(value)).toBe(at))

test('what is larger than any event is cut, not read through', () => {
  const frame = { filename: 'a.ts', lineNo: 5, context: Array.from({ length: 500 }, (_, i) => [i, 'x'.repeat(50)]) }
  const huge = (n: number) => ({
    tags: Array.from({ length: n }, (_, i) => ({ key: `k${i}`, value: 'v' })),
    entries: Array.from({ length: n }, () => ({
      type: 'exception',
      data: { values: Array.from({ length: 50 }, () => ({ stacktrace: { frames: Array(n).fill(frame) } })) },
    })),
  })
  const timed = (n: number) => {
    const value = { ...huge(n), eventID: 'a'.repeat(32) }
    const began = performance.now()
    sdkEventOf(value)
    return performance.now() - began
  }
  timed(30)
  expect(timed(300)).toBeLessThan(1000)
})
