import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type EmulatedSlack, emulateSlack } from '../../../emulators/slack.ts'
import type { Trouble } from '../../../emulators/trouble.ts'
import { slackChat } from '../../../lib/adapters/slack/chat.ts'
import { SlackRefused, slackClient } from '../../../lib/adapters/slack/client.ts'
import { Fault } from '../../../lib/errors.ts'

let slack: EmulatedSlack
beforeAll(async () => {
  slack = await emulateSlack()
})
beforeEach(() => {
  slack.calls.length = 0
  slack.faults.length = 0
})
afterAll(() => slack.close())

const post = (fields: object = {}, token = slack.token) =>
  slackClient({ token, url: slack.url })(
    'chat.postMessage',
    { channel: slack.channel, text: 'hello', ...fields },
    z.object({ ts: z.string() }),
  )
const failing = async (what: Trouble) => {
  slack.faults.push({ on: /./, times: 1, what })
  return post().catch((error: unknown) => error)
}

test('blocks and metadata travel as JSON in a form, as Slack reads them', async () => {
  const metadata = { event_type: 'e', event_payload: { key: 'k', live: true } }
  await post({ blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x' } }], metadata })
  expect(slack.workspace.messages.at(-1)).toMatchObject({ text: 'hello', metadata, blocks: [{ type: 'section' }] })
})

test.each<[string, object, string | undefined, string]>([
  ['a token that is refused', {}, 'xoxb-other', 'invalid_auth'],
  ['a channel we are not in', { channel: 'C0NOWHERE' }, undefined, 'channel_not_found'],
  ['blocks it does not take', { blocks: [{ type: 'unheard-of' }] }, undefined, 'invalid_blocks'],
])('%s is a no: nothing was done', async (_, fields, token, code) => {
  const error = await post(fields, token).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(SlackRefused)
  expect(error).toMatchObject({ error: code })
})

test('a limit is a no that says how long', async () => {
  expect(await failing({ kind: 'limit', seconds: 30 })).toMatchObject({ error: 'ratelimited', inMs: 30_000 })
})

test.each<[string, Trouble]>([
  ['a 500', { kind: 'before', status: 500 }],
  ['a 404', { kind: 'before', status: 404 }],
  ['its own trouble', { kind: 'before', status: 200, body: '{"ok":false,"error":"fatal_error"}' }],
  ['a page called an answer', { kind: 'before', status: 200, body: '<h1>not_in_channel</h1>' }],
  ['a word called an answer', { kind: 'before', status: 200, body: 'Forbidden' }],
  ['another shape', { kind: 'before', status: 200, body: '{"ok":true}' }],
  ['nothing', { kind: 'before', status: 200, body: '' }],
  ['a connection that ended', { kind: 'lost' }],
  ['a redirect', { kind: 'redirects', to: 'http://127.0.0.1:1/' }],
])('after %s nobody knows, and it is tried once', async (_, what) => {
  const error = await failing(what)
  expect(error).toBeInstanceOf(Fault)
  expect(error).toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
  expect(slack.calls).toHaveLength(1)
})

test('the token is in no error and on no console', async () => {
  const said: unknown[] = []
  const spies = (['log', 'warn', 'error', 'info', 'debug'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...words) => void said.push(words)),
  )
  for (const what of [{ kind: 'lost' }, { kind: 'before', status: 500 }, { kind: 'limit', seconds: 1 }] as Trouble[]) {
    const error = (await failing(what)) as Error
    said.push(error.message, error.stack, JSON.stringify(error), String(error.cause))
  }
  const printed = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
  for (const spy of spies) spy.mockRestore()
  expect(printed).toBe(0)
  expect(JSON.stringify(said)).not.toContain(slack.token)
})

test('an answer that is far too long is none', async () => {
  const body = JSON.stringify({ ok: true, ts: '1.1', more: 'x'.repeat(5 * 1024 * 1024) })
  expect(await failing({ kind: 'before', status: 200, body })).toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
})

test('the token and an answer follow no redirect to another host', async () => {
  const other = await emulateSlack()
  const moved = (to: string): Trouble => ({ kind: 'redirects', to })
  slack.faults.push({ on: /chat\.postMessage/, times: 1, what: moved(`${other.url}chat.postMessage`) })
  await expect(post()).rejects.toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
  slack.faults.push({ on: /response_url/, times: 1, what: moved(`${other.origin}/hooks/1`) })
  const chat = slackChat({ token: slack.token, url: slack.url, pages: 'https://night.example' })
  await expect(chat.say(`${slack.origin}/hooks/1`, 'hello')).rejects.toThrow()
  await other.close()
  expect([other.calls, other.replies]).toEqual([[], []])
})

test('an answer that would go elsewhere goes nowhere', async () => {
  const chat = slackChat({ token: slack.token, url: slack.url, pages: 'https://night.example' })
  const other = await emulateSlack()
  await chat.say(`${other.origin}/hooks/1`, 'hello')
  await chat.say(`${slack.origin}/hooks/1`, 'hello <!channel>')
  await other.close()
  expect(other.replies).toEqual([])
  expect(slack.replies.map(({ body }) => body.text)).toEqual(['hello &lt;!channel&gt;'])
})
