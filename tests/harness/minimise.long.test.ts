import { expect, test } from 'vitest'
import type { FixtureRequest } from '../../lib/domain/fixture.ts'
import type { HarnessResult } from '../../lib/domain/replay.ts'
import { APP, harness, replayed, request, TRACKED, tinyApp } from './tiny.ts'

const CRASH = `new TypeError("Cannot read properties of undefined (reading 'id')")`

async function minimised(source: string, given: FixtureRequest, more: object = {}): Promise<HarnessResult> {
  const folder = await tinyApp(source)
  const { answers } = await replayed(folder, [given])
  const fingerprint = answers[0]?.fingerprints[0] ?? 'none'
  const task = {
    kind: 'minimise',
    app: APP,
    request: given,
    fingerprint,
    keepHeaders: [],
    tracked: TRACKED,
    budgetMs: 20_000,
  }
  return harness(folder, { ...task, ...more })
}

const LOOKUP = `serve(({ body, answer, fail }) => {
  if (typeof body.practiceId !== 'string') return answer(400)
  return body.practiceId === 'p-1' ? answer(200) : fail(${CRASH})
})`

test('only what the failure needs is left, and that is made up', async () => {
  const body = {
    practiceId: 'p-4711',
    patient: { name: 'Mary Smith', born: '1961-04-02' },
    notes: ['call back'],
    urgent: true,
  }
  const given = request('/api/launch?utm=mail&lang=en', body, {
    cookie: 'sid=1',
    'x-user-id': 'u-3',
    'user-agent': 'x',
  })
  const result = await minimised(LOOKUP, given)
  expect(result).toMatchObject({
    kind: 'minimise',
    request: {
      method: 'POST',
      path: '/api/launch',
      headers: { 'content-type': 'application/json' },
      body: '{"practiceId":"p-9999"}',
    },
    kept: [],
  })
})

test('the same task gives the same fixture', async () => {
  const given = request('/api/launch', { practiceId: 'p-4711', other: 'text' })
  expect(await minimised(LOOKUP, given)).toEqual(await minimised(LOOKUP, given))
})

test('headers that stand in for redacted ones stay as they are', async () => {
  const source = `serve(({ req, answer, fail }) => (req.headers.authorization === 'Bearer test-owner' ? fail(${CRASH}) : answer(401)))`
  const given = request('/api/launch', null, { Authorization: 'Bearer test-owner', cookie: 'sid=1' })
  const result = await minimised(source, given, { keepHeaders: ['authorization'] })
  expect(result).toMatchObject({ request: { headers: { authorization: 'Bearer test-owner' } }, kept: [] })
})

test('a value nothing made up can replace stays and is named, unless it is a word of the program', async () => {
  const source = `serve(({ body, url, answer, fail }) =>
    (/^AB-wien$/.test(body.rows?.[0]?.code) && url.searchParams.get('format') === 'csv' ? fail(${CRASH}) : answer(200)))`
  const given = request('/api/report?format=csv&page=12', { rows: [{ code: 'AB-wien', size: 31 }, { code: 'zz' }] })
  expect(await minimised(source, given)).toMatchObject({
    request: { path: '/api/report?format=csv', body: '{"rows":[{"code":"AB-wien"}]}' },
    kept: ['body.rows[0].code'],
  })
})

test('identifiers in the path and keys that are data are made up as well', async () => {
  const source = `serve(({ body, url, answer, fail }) =>
    (/^\\/api\\/practices\\/p-\\d+$/.test(url.pathname) && Object.keys(body).length === 1 ? fail(${CRASH}) : answer(200)))`
  const given = request('/api/practices/p-4711', { 'mary@practice.example': true })
  expect(await minimised(source, given)).toMatchObject({
    request: { path: '/api/practices/p-9999', body: '{"someone@example.com":true}' },
    kept: [],
  })
})

test('placeholders of redaction become values that pass for what they stand for', async () => {
  const source = `serve(({ body, answer, fail }) => (body.email?.includes('e') ? fail(${CRASH}) : answer(400)))`
  const result = await minimised(source, request('/api/invite', { email: '[email]' }))
  expect(result).toMatchObject({ request: { body: '{"email":"someone@example.com"}' }, kept: [] })
})

test('forms and plain text are bodies too', async () => {
  const source = `serve(({ text, answer, fail }) => (/id=\\d{3}/.test(text) ? fail(${CRASH}) : answer(200)))`
  const form = {
    ...request('/api/form', null, { 'content-type': 'application/x-www-form-urlencoded' }),
    method: 'POST',
    body: 'name=Mary&id=123',
  } as const
  expect(await minimised(source, form)).toMatchObject({ request: { body: 'id=999' }, kept: [] })
  const plain = { ...form, headers: { 'content-type': 'text/plain' }, body: 'id=123 Mary' } as const
  expect(await minimised(source, plain)).toMatchObject({ request: { body: 'id=123 Mary' }, kept: ['body'] })
})

test('an app that dies of every failure is started again and again', async () => {
  const source = `serve(async ({ body, trace, answer }) => {
    if (!body.id) return answer(400)
    await report(${CRASH}, trace)
    process.exit(1)
  })`
  expect(await minimised(source, request('/api/launch', { id: 42 }))).toMatchObject({
    request: { body: '{"id":11}' },
    kept: [],
  })
})

test('another fingerprint is not the same failure', async () => {
  const source = `serve(async ({ body, trace, answer }) => {
    if (!body.id) { await report(new TypeError('no id'), trace, 'other(line)'); return answer(500) }
    await report(${CRASH}, trace)
    return answer(500)
  })`
  expect(await minimised(source, request('/api/launch', { id: 42, more: 1 }))).toMatchObject({
    request: { body: '{"id":11}' },
  })
})

test('past its budget nothing is tried any more: everything stays and is named', async () => {
  const given = request('/api/launch?tag=spring', { practiceId: 'p-4711', urgent: true, note: 'hello' })
  expect(await minimised(LOOKUP, given, { budgetMs: 0 })).toEqual({
    kind: 'minimise',
    request: { ...given, headers: { 'content-type': 'application/json' } },
    kept: ['query.tag', 'body.practiceId', 'body.note'],
    sent: 2,
  })
})

test('a result that needs what earlier requests left behind is not believed', async () => {
  const source = `let broken = false
  serve(({ body, answer, fail }) => {
    if (/^Zz$/.test(body.poison)) broken = true
    return broken ? fail(${CRASH}) : answer(200)
  })`
  const result = await minimised(source, request('/api/launch', { poison: 'Zz', note: 'hello' }))
  expect(result).toMatchObject({
    request: { body: '{"poison":"Zz","note":"hello"}' },
    kept: ['body.poison', 'body.note'],
  })
})

test('a request that does not fail here is not reproduced', async () => {
  const result = await minimised(LOOKUP, request('/api/launch', { practiceId: 'p-1' }))
  expect(result).toMatchObject({
    kind: 'failed',
    stage: 'replay',
    why: 'the request does not fail with that fingerprint here (it was answered 200)',
  })
})
