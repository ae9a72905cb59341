import { expect, test } from 'vitest'
import { commandOf, interactionOf } from '../../lib/parse/slackRequest.ts'

const body = (payload: object) => new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
const press = (more: object = {}) => ({
  type: 'block_actions',
  user: { id: 'U0ADA', name: 'ada' },
  trigger_id: '1.2.3',
  response_url: 'https://hooks.slack.com/actions/1',
  actions: [{ action_id: 'approve', value: '{"fix":"f"}', action_ts: '17.5', type: 'button' }],
  ...more,
})

test('a press, with what its button carries', () => {
  expect(interactionOf(body(press()))).toEqual({
    ...{ kind: 'pressed', user: 'U0ADA', action: 'approve', value: { fix: 'f' }, trigger: '1.2.3' },
    ...{ replyTo: 'https://hooks.slack.com/actions/1', key: expect.stringMatching(/^slack-[0-9a-f]{40}$/) },
  })
})

test('the key is the press’s own: the same again has the same one, anything else another', () => {
  const key = (more: object) => (interactionOf(body(press(more))) as { key: string }).key
  expect(key({})).toBe(key({}))
  const others = [
    { trigger_id: '1.2.4' },
    { user: { id: 'U0BOB' } },
    { actions: [{ action_id: 'reject', value: '{}', action_ts: '17.5' }] },
    { actions: [{ action_id: 'approve', value: '{}', action_ts: '17.6' }] },
  ].map(key)
  expect(new Set([key({}), ...others]).size).toBe(5)
})

test('the same of a form and of a command', () => {
  const form = (id: string) =>
    interactionOf(body(press({ type: 'view_submission', view: { id, callback_id: 'reject' } })))
  expect(form('V1')).toEqual(form('V1'))
  expect(form('V1')).not.toEqual(form('V2'))
  const typed = (text: string) =>
    commandOf(new URLSearchParams({ command: '/n', user_id: 'U0ADA', trigger_id: '1', text }).toString())?.key
  expect(typed('pause')).toBe(typed('pause'))
  expect(typed('pause')).not.toBe(typed('resume'))
})

test('texts that are too long are cut', () => {
  const long = 'x'.repeat(100_000)
  const values = { why: { why: { value: long } } }
  const view = { id: 'V1', callback_id: 'reject', state: { values } }
  expect(interactionOf(body(press({ response_url: long })))).toMatchObject({ replyTo: long.slice(0, 500) })
  expect(interactionOf(body(press({ type: 'view_submission', view })))).toMatchObject({ text: long.slice(0, 2000) })
})

test('a form, with its reason and what it is about', () => {
  const view = {
    ...{ id: 'V1', callback_id: 'reject', private_metadata: '{"fix":"f","to":"x"}' },
    state: { values: { why: { why: { type: 'plain_text_input', value: 'It hides it.' } } } },
  }
  expect(interactionOf(body(press({ type: 'view_submission', view, actions: undefined })))).toMatchObject({
    ...{ kind: 'submitted', form: 'reject', about: { fix: 'f', to: 'x' }, text: 'It hides it.' },
  })
})

test.each<[string, object, unknown]>([
  ['another kind of it', { type: 'view_closed' }, { kind: 'other' }],
  ['no action', { actions: [] }, { kind: 'other' }],
  ['an action that is none', { actions: [7] }, { kind: 'other' }],
  ['nobody', { user: {} }, null],
  ['a name for an id', { user: { id: 'ada; drop table' } }, null],
  ['a value that is no JSON', { actions: [{ action_id: 'approve', value: 'yes' }] }, { value: null }],
  ['a value that never ends', { actions: [{ action_id: 'approve', value: `"${'x'.repeat(9000)}"` }] }, { value: null }],
  ['fields of other types', { trigger_id: 7, response_url: {} }, { trigger: '', replyTo: '' }],
])('%s', (_, more, expected) => {
  const read = interactionOf(body(press(more)))
  if (expected === null) expect(read).toBeNull()
  else expect(read).toMatchObject(expected as object)
})

test('a command, without what stands around it', () => {
  const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()
  const fields = {
    command: '/nightshift',
    text: '  pause  looks bad ',
    user_id: 'U0ADA',
    trigger_id: '1',
    response_url: 'r',
  }
  expect(commandOf(form(fields))).toMatchObject({ user: 'U0ADA', text: 'pause  looks bad', replyTo: 'r' })
  expect(commandOf(form({ ...fields, user_id: 'root' }))).toBeNull()
  expect(commandOf(form({ ...fields, command: 'nightshift' }))).toBeNull()
  expect(commandOf(form({ ...fields, text: 'x'.repeat(5000) }))?.text).toHaveLength(600)
})
