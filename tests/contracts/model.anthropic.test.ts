import { expect, test } from 'vitest'
import { emulateModel } from '../../emulators/model.ts'
import { anthropicModel } from '../../lib/adapters/model.anthropic.ts'
import { modelContract } from './model.contract.ts'
import { GOOD, requestOf, SCHEMA, TOOL } from './modelRequest.ts'

const MODEL = 'claude-sonnet-5-5'
modelContract({
  name: 'model.anthropic',
  make: (url, key) => anthropicModel({ url, key }, MODEL),
  streams: true,
})

const signal = new AbortController().signal

test('what is sent: effort, a strict schema, strict tools, and marks for the cache', async () => {
  const far = await emulateModel()
  far.moods = [{ says: { text: GOOD } }]
  const provider = anthropicModel({ url: far.url, key: 'k' }, MODEL)
  await provider.ask(requestOf({ schema: SCHEMA, tools: [TOOL], effort: 'high' }), signal)
  const [{ path, headers, body }] = far.heard as [(typeof far.heard)[number]]
  expect(path).toBe('/v1/messages')
  expect(headers).not.toHaveProperty('x-api-key')
  expect(body).toMatchObject({
    model: MODEL,
    max_tokens: 2000,
    system: [{ type: 'text', text: 'Say what broke.', cache_control: { type: 'ephemeral' } }],
    cache_control: { type: 'ephemeral' },
    tools: [{ name: 'read', strict: true, input_schema: { additionalProperties: false } }],
    output_config: { effort: 'high', format: { type: 'json_schema', schema: { additionalProperties: false } } },
  })
  // The API knows no longest length: it is told in words, and held to here.
  expect(JSON.stringify(body.output_config)).toContain('maxLength: 40')
  await far.close()
})

test('the emulated API takes no history of calls without the tools they called, as the real one does not', async () => {
  const far = await emulateModel()
  const call = { type: 'tool_use', id: 'a', name: 'read', input: {} }
  const said = (tools?: object[]) =>
    fetch(`${far.url}/v1/messages`, {
      method: 'POST',
      body: JSON.stringify({ model: MODEL, max_tokens: 9, messages: [{ role: 'assistant', content: [call] }], tools }),
    })
  expect((await said()).status).toBe(400)
  expect((await said([{ name: 'read', input_schema: { type: 'object' } }])).status).toBe(200)
  await far.close()
})

test('thinking goes back unchanged to the model that thought it, and to no other', async () => {
  const far = await emulateModel()
  far.moods = [{ says: { thinking: 'Hm. password=hunter2', text: 'A null.' } }]
  const provider = anthropicModel({ url: far.url, key: 'k' }, MODEL)
  const first = await provider.ask(requestOf(), signal)
  if (!first.ok) throw new Error(first.detail)
  const turns = [
    ...requestOf().turns,
    { role: 'assistant' as const, blocks: first.blocks },
    { role: 'user' as const, blocks: [{ type: 'text' as const, text: 'Sure?' }] },
  ]
  await provider.ask(requestOf({ turns }), signal)
  await anthropicModel({ url: far.url, key: 'k' }, 'claude-haiku-5-5').ask(requestOf({ turns }), signal)
  const [same, other] = far.heard.slice(1).map(({ body }) => (body.messages as { content: unknown[] }[])[1]!.content)
  expect(same).toEqual([
    { type: 'thinking', thinking: 'Hm. password=hunter2', signature: 'c2lnbmVk' },
    { type: 'text', text: 'A null.' },
  ])
  expect(other).toEqual([{ type: 'text', text: 'A null.' }])
  await far.close()
})

test('a schema that cannot be made strict is our mistake, said without a call', async () => {
  const far = await emulateModel()
  const reply = await anthropicModel({ url: far.url, key: 'k' }, MODEL).ask(requestOf({ schema: {} }), signal)
  expect(reply).toMatchObject({ ok: false, why: 'rejected' })
  expect(far.heard).toEqual([])
  await far.close()
})
