import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import * as Sentry from '@sentry/node'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventsIn, openIngest, type SentryIngest } from '../../emulators/hosted/ingest.ts'
import { escaped, page } from '../../emulators/hosted/shown.ts'
import { type EmulatedSentry, emulateSentry } from '../../emulators/sentry.ts'

let sentry: EmulatedSentry
let ingest: SentryIngest
beforeEach(async () => {
  sentry = await emulateSentry()
  ingest = await openIngest(sentry)
})
afterEach(async () => {
  await ingest.close()
  await sentry.close()
})

const envelope = (...items: [string, object][]) =>
  [
    '{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc"}',
    ...items.flatMap(([type, body]) => [JSON.stringify({ type }), JSON.stringify(body)]),
  ].join('\n')
const event = (id: string) => ({ event_id: id, message: `it broke: ${id}` })

/** What an SDK would post, to where its DSN says. */
async function post(body: Buffer | string, { key, gzip = false }: { key?: string; gzip?: boolean } = {}) {
  const dsn = new URL(ingest.dsn('clinic'))
  const headers: Record<string, string> = gzip ? { 'content-encoding': 'gzip' } : {}
  const url = `http://${dsn.host}/api${dsn.pathname}/envelope/?sentry_key=${key ?? dsn.username}`
  return (await fetch(url, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) })).status
}
const titles = () => sentry.store.issues.map(({ title }) => title)

test('the real SDK’s error arrives as an issue, with its stack and its release', async () => {
  const client = Sentry.init({ dsn: ingest.dsn('clinic'), release: 'a'.repeat(40), defaultIntegrations: false })
  Sentry.captureException(new TypeError('it broke'))
  await client?.close(5000)
  const [issue] = sentry.store.issues
  expect(issue).toMatchObject({ title: 'TypeError: it broke', project: { slug: 'clinic' } })
  expect(issue!.events[0]).toMatchObject({ release: 'a'.repeat(40) })
})

test('events of an envelope are taken, other items are not, compressed or plain', async () => {
  expect(await post(envelope(['session', { sid: '1' }], ['event', event('a')], ['event', event('b')]))).toBe(200)
  expect(await post(gzipSync(envelope(['transaction', event('t')], ['event', event('c')])), { gzip: true })).toBe(200)
  expect(titles()).toEqual(['it broke: a', 'it broke: b', 'it broke: c'])
})

test('another project’s key is refused, and a project nobody knows', async () => {
  expect(await post(envelope(['event', event('a')]), { key: 'b'.repeat(30) })).toBe(403)
  const host = new URL(ingest.dsn('clinic')).host
  expect((await fetch(`http://${host}/api/1/envelope/`, { method: 'POST', body: '{}' })).status).toBe(404)
  expect(titles()).toEqual([])
})

test('an event whose text looks like an item is one event', () => {
  const tricky = { message: '{"type":"event"}\n{"message":"not mine"}' }
  expect(eventsIn(envelope(['event', tricky]))).toEqual([tricky])
})

test('the alert rule tells of each issue once in a while, signed', async () => {
  const heard: (string | undefined)[] = []
  const listener = createServer((request, response) => {
    heard.push(request.headers['sentry-hook-signature'] as string | undefined)
    response.end()
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  ingest.alert(`http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`, 'a-secret-of-the-hook')
  for (const id of ['a', 'a', 'b']) await post(envelope(['event', event(id)]))
  await ingest.close()
  listener.close()
  expect(heard).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)])
  ingest = await openIngest(sentry)
})

test('what the page shows of others’ words is text', () => {
  expect(escaped(`<a href="x">'&`)).toBe('&#60;a href=&#34;x&#34;&#62;&#39;&#38;')
  const bad = '<script>alert(1)</script>'
  sentry.store.take('clinic', { message: bad })
  const pull = { head: bad, base: bad, draft: false, merged: null }
  const thread = { number: 1, title: bad, state: bad, pull }
  const message = { ts: bad, channel: 'C', thread: null, text: bad, blocks: [] }
  const nothing = { calls: [], log: [] }
  const shown = page({
    ...{
      sentry,
      repo: { threads: [thread] },
      github: nothing,
      supabase: nothing,
      slack: { ...nothing, workspace: { messages: [message] } },
    },
    vercel: { ...nothing, store: { state: { deployments: [] } } },
    machines: null,
    links: [`${bad}: ${bad}`],
    mail: { mails: [{ to: bad, subject: bad, content: [{ type: 'text/plain', value: bad }] }] },
  } as unknown as Parameters<typeof page>[0])
  expect(shown.match(/&#60;script/g)).toHaveLength(11)
  expect(shown).not.toContain('<script')
})
