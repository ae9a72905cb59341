import { expect, test } from 'vitest'
import { APP, replayed, request, tinyApp } from './tiny.ts'

const LAUNCH = `serve(({ body, url, answer, fail }) => {
  if (body.practice === 'p-1' || url.pathname === '/fine') return answer(200, { launched: true })
  return fail(new TypeError("Cannot read properties of undefined (reading 'id')"))
})`

test('a failing request is red with a fingerprint that is the same in every run', async () => {
  const folder = await tinyApp(LAUNCH)
  const [first, second] = [
    await replayed(folder, [request('/launch', { practice: 'p-9' })]),
    await replayed(folder, [request('/launch', { practice: 'p-8' })]),
  ]
  expect(first.answers).toMatchObject([{ status: 500, body: '{}', errors: [{ type: 'TypeError', network: false }] }])
  expect(first.answers[0]?.fingerprints).toHaveLength(1)
  expect(second.answers[0]?.fingerprints).toEqual(first.answers[0]?.fingerprints)
})

test('a good request is green: no event is its own, though one before it failed', async () => {
  const folder = await tinyApp(LAUNCH)
  const { answers } = await replayed(folder, [
    request('/launch', { practice: 'p-9' }),
    request('/launch', { practice: 'p-1' }),
  ])
  expect(answers.map((answer) => [answer.status, answer.fingerprints.length])).toEqual([
    [500, 1],
    [200, 0],
  ])
})

test('a fault that needs an earlier request shows only with it', async () => {
  const folder = await tinyApp(`let campaign = { id: 1 }
  serve(({ url, answer, fail }) => {
    if (url.pathname === '/archive') { campaign = undefined; return answer(200) }
    return campaign ? answer(200) : fail(new TypeError('campaign is undefined'))
  })`)
  const alone = await replayed(folder, [request('/show')])
  const both = await replayed(folder, [request('/archive'), request('/show')])
  expect([alone.answers.at(-1)?.status, both.answers.at(-1)?.status]).toEqual([200, 500])
})

test('the smoke set is asked of a fresh app and keeps its order', async () => {
  const folder = await tinyApp(`let count = 0
  serve(({ answer }) => answer(200, { count: ++count }))`)
  const { answers, smoke } = await replayed(folder, [request('/a'), request('/b')], {
    smoke: [request('/c'), request('/d')],
  })
  expect(answers.map((answer) => answer.body)).toEqual(['{"count":1}', '{"count":2}'])
  expect(smoke.map((answer) => answer.body)).toEqual(['{"count":1}', '{"count":2}'])
})

test('an event that comes after its answer still belongs to it', async () => {
  const folder = await tinyApp(`serve(({ url, trace, answer }) => {
    if (url.pathname === '/fine') return answer(200)
    setTimeout(() => report(new TypeError('late'), trace), 300)
    return answer(500)
  })`)
  const { answers } = await replayed(folder, [request('/late'), request('/fine')])
  expect(answers.map((answer) => answer.errors.map((error) => error.message))).toEqual([['late'], []])
})

test('an app whose SDK names no trace has its events told apart by time', async () => {
  const folder = await tinyApp(`serve(async ({ url, answer }) => {
    if (url.pathname === '/fine') return answer(200)
    await report(new TypeError('without a trace'), null)
    return answer(500)
  })`)
  const { answers } = await replayed(folder, [request('/a'), request('/fine'), request('/b')])
  expect(answers.map((answer) => answer.fingerprints.length)).toEqual([1, 0, 1])
})

test('an event behind a good answer is seen: green needs both', async () => {
  const folder = await tinyApp(`serve(async ({ trace, answer }) => {
    await report(new TypeError('handled'), trace)
    return answer(200)
  })`)
  const { answers } = await replayed(folder, [request('/a')])
  expect(answers).toMatchObject([{ status: 200, errors: [{ message: 'handled' }] }])
})

test('a cause that ends in a network code is flagged', async () => {
  const folder = await tinyApp(`serve(async ({ fail }) => {
    try { await fetch('http://127.0.0.1:59999/') } catch (error) { return fail(error) }
  })`)
  const { answers } = await replayed(folder, [request('/directory')])
  expect(answers).toMatchObject([{ status: 500, errors: [{ network: true }] }])
})

test('an app that dies answers 0, and its last event counts', async () => {
  const folder = await tinyApp(`serve(async ({ trace }) => {
    await report(new TypeError('fatal'), trace)
    process.exit(1)
  })`)
  const { answers } = await replayed(folder, [request('/a'), request('/b')])
  expect(answers).toMatchObject([
    { status: 0, errors: [{ message: 'fatal' }] },
    { status: 0, errors: [] },
  ])
})

test('junk sent to the collector is refused and disturbs nothing', async () => {
  const folder = await tinyApp(`import { gzipSync } from 'node:zlib'
  serve(async ({ trace, fail }) => {
    const url = new URL(process.env.SENTRY_DSN)
    const post = (body, headers = {}) => fetch(url.origin + '/api/1/envelope/', { method: 'POST', body, headers })
    const junk = ['', 'x', '{}\\n{"type":"event","length":9}\\n{}', '{}\\n{"type":"event"}\\n[1]']
    for (const body of junk) await post(body)
    await post(gzipSync(Buffer.alloc(64 * 1024 * 1024)), { 'content-encoding': 'gzip' })
    return fail(new TypeError('real'))
  })`)
  const { answers } = await replayed(folder, [request('/a')])
  expect(answers[0]?.errors.map((error) => error.message)).toEqual(['real'])
})

test('the app sees what the manifest declares and nothing of its surroundings; the DSN cannot be moved', async () => {
  const folder = await tinyApp(
    `serve(({ answer }) => answer(200, { seen: Object.keys(process.env).sort(), dsn: process.env.SENTRY_DSN, mode: process.env.MODE }))`,
  )
  const app = { ...APP, env: { MODE: 'test', SENTRY_DSN: 'http://x@192.0.2.1/1' } }
  const { answers } = await replayed(folder, [request('/a')], { app })
  const { seen, dsn, mode } = JSON.parse(answers[0]?.body ?? '{}')
  expect(mode).toBe('test')
  expect(dsn).toMatch(/^http:\/\/nightshift@127\.0\.0\.1:\d+\/1$/)
  const shell = ['OLDPWD', 'PWD', 'SHLVL', '_']
  expect(seen.filter((name: string) => !shell.includes(name))).toEqual([
    'HOME',
    'LANG',
    'MODE',
    'PATH',
    'PORT',
    'SENTRY_DSN',
    'SENTRY_ENVIRONMENT',
    'SENTRY_RELEASE',
    'TMPDIR',
  ])
})
