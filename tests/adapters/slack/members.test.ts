import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type EmulatedSlack, emulateSlack } from '../../../emulators/slack.ts'
import type { SlackUser } from '../../../emulators/slackUsers.ts'
import { slackClient } from '../../../lib/adapters/slack/client.ts'
import { slackMembers } from '../../../lib/adapters/slack/members.ts'

let slack: EmulatedSlack
beforeAll(async () => {
  slack = await emulateSlack()
})
beforeEach(() => {
  slack.calls.length = 0
  slack.faults.length = 0
  slack.workspace.users.all.clear()
  slack.workspace.users.granted = true
})
afterAll(() => slack.close())

const ADA = 'U0ADA'
const members = () => slackMembers(slackClient(slack))
const put = (email: string | null, more: Partial<SlackUser> = {}) => slack.workspace.users.put(ADA, email, more)

test('a full member of ours has the address Slack verified, in small letters', async () => {
  put('Ada@Night.Example')
  expect(await members().emailOf(ADA)).toBe('ada@night.example')
})

test.each<[string, string | null, Partial<SlackUser>]>([
  ['has none', null, {}],
  ['has one that is none', 'not an address', {}],
  ['has not confirmed it', 'ada@night.example', { confirmed: false }],
  ['left', 'ada@night.example', { flags: { deleted: true } }],
  ['is a bot', 'ada@night.example', { flags: { is_bot: true } }],
  ['is a guest', 'ada@night.example', { flags: { is_restricted: true } }],
  ['is a guest of one channel', 'ada@night.example', { flags: { is_ultra_restricted: true } }],
  ['is of another company, in a shared channel', 'ada@night.example', { flags: { is_stranger: true } }],
  ['is of another workspace', 'ada@night.example', { team: 'T0OTHER' }],
])('nobody is known by an address who %s', async (_, email, more) => {
  put(email, more)
  expect(await members().emailOf(ADA)).toBeNull()
})

test('an answer about somebody else is no answer', async () => {
  put('ada@night.example', { id: 'U0EVE' })
  expect(await members().emailOf(ADA)).toBeNull()
})

test('nobody of that id, or an installation that may not ask, is nobody', async () => {
  expect(await members().emailOf(ADA)).toBeNull()
  put('ada@night.example')
  slack.workspace.users.granted = false
  expect(await members().emailOf(ADA)).toBeNull()
})

test('when nobody knows, that is said; and it is asked again', async () => {
  put('ada@night.example')
  const them = members()
  for (const on of [/auth\.test/, /users\.info/]) {
    slack.faults.push({ on, times: 1, what: { kind: 'before', status: 503 } })
    await expect(them.emailOf(ADA)).rejects.toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
    expect(await them.emailOf(ADA)).toBe('ada@night.example')
  }
})

test('each time people are asked for anew, and our workspace once', async () => {
  put('ada@night.example')
  const them = members()
  await them.emailOf(ADA)
  put('eve@night.example')
  expect(await them.emailOf(ADA)).toBe('eve@night.example')
  expect(slack.calls.map(({ method }) => method)).toEqual(['users.info', 'auth.test', 'users.info'])
})
