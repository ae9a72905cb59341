import { expect, test } from 'vitest'
import { emulateModel } from '../../emulators/model.ts'
import { isStrict } from '../../lib/adapters/model/openaiWire.ts'
import { openaiModel } from '../../lib/adapters/model.openai.ts'
import { modelContract } from './model.contract.ts'
import { GOOD, requestOf, SCHEMA, TOOL } from './modelRequest.ts'

modelContract({
  name: 'model.openai',
  make: (url, key) => openaiModel({ url: `${url}/v1`, key }, 'gpt'),
  streams: false,
})

const signal = new AbortController().signal

test('what is sent: a schema, tools, a limit that counts thinking', async () => {
  const far = await emulateModel()
  await openaiModel({ url: `${far.url}/v1/`, key: null }, 'gpt').ask(
    requestOf({ schema: SCHEMA, tools: [TOOL] }),
    signal,
  )
  const [{ path, headers, body }] = far.heard as [(typeof far.heard)[number]]
  expect(path).toBe('/v1/chat/completions')
  expect(headers).not.toHaveProperty('authorization')
  expect(body).toMatchObject({
    model: 'gpt',
    max_completion_tokens: 2000,
    messages: [{ role: 'system', content: 'Say what broke.' }, { role: 'user' }],
    response_format: { type: 'json_schema', json_schema: { strict: true, schema: SCHEMA } },
    tools: [{ type: 'function', function: { name: 'read', strict: true, parameters: TOOL.input } }],
  })
  await far.close()
})

test('a server that knows no schemas is asked in words, then and from then on', async () => {
  const far = await emulateModel()
  far.moods = [{ fails: 400, message: 'response_format json_schema is not supported' }, { says: { text: GOOD } }]
  const provider = openaiModel({ url: far.url, key: null }, 'local')
  expect(await provider.ask(requestOf({ schema: SCHEMA }), signal)).toMatchObject({ ok: true })
  expect(await provider.ask(requestOf({ schema: SCHEMA }), signal)).toMatchObject({ ok: true })
  expect(far.heard).toHaveLength(3)
  for (const { body } of far.heard.slice(1)) {
    expect(body.response_format).toEqual({ type: 'json_object' })
    expect(JSON.stringify(body.messages)).toContain('maxLength')
  }
  far.moods = [{ fails: 400, message: 'bad schema' }]
  expect(await provider.ask(requestOf({ schema: SCHEMA }), signal)).toMatchObject({ ok: false, why: 'rejected' })
  await far.close()
})

test.each<[object, boolean]>([
  [SCHEMA, true],
  [{ ...SCHEMA, required: ['cause'] }, false],
  [{ ...SCHEMA, additionalProperties: undefined }, false],
  [{ type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } }, false],
  [{ type: 'string' }, true],
])('%j is strict: %s', (schema, strict) => {
  expect(isStrict(schema)).toBe(strict)
})
