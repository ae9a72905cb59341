import { expect, test } from 'vitest'
import { emulateModel } from '../../emulators/model.ts'
import { type BedrockAccess, bedrockModel } from '../../lib/adapters/model.bedrock.ts'
import { modelContract } from './model.contract.ts'
import { requestOf } from './modelRequest.ts'

const MODEL = 'global.anthropic.claude-sonnet-5-5'
const access = (url: string, over: Partial<BedrockAccess>): BedrockAccess => ({
  region: 'eu-west-2',
  bearer: null,
  keys: null,
  url,
  ...over,
})

modelContract({
  name: 'model.bedrock',
  make: (url, key) => bedrockModel(access(url, { bearer: key }), MODEL),
  streams: true,
})

test('with a pair of keys requests are signed, and the secret is not sent', async () => {
  const far = await emulateModel()
  const keys = { id: 'AKIAEXAMPLEEXAMPLE00', secret: 'secret-of-the-signer', session: 'session-token' }
  const reply = await bedrockModel(access(far.url, { keys }), MODEL).ask(requestOf(), new AbortController().signal)
  expect(reply).toMatchObject({ ok: true })
  const [{ path, headers, body }] = far.heard as [(typeof far.heard)[number]]
  expect(path).toBe(`/model/${MODEL}/invoke`)
  expect(headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLEEXAMPLE00\/\d{8}\/eu-west-2\/bedrock\//,
  )
  expect(headers['x-amz-security-token']).toBe('session-token')
  expect(JSON.stringify([headers, body])).not.toContain('secret-of-the-signer')
  await far.close()
})

test('the end of what was said so far is marked for the cache block by block', async () => {
  const far = await emulateModel()
  await bedrockModel(access(far.url, { bearer: 'b' }), MODEL).ask(requestOf(), new AbortController().signal)
  const [{ body }] = far.heard as [(typeof far.heard)[number]]
  expect(body).not.toHaveProperty('cache_control')
  expect(body.messages).toMatchObject([{ content: [{ type: 'text', cache_control: { type: 'ephemeral' } }] }])
  await far.close()
})
