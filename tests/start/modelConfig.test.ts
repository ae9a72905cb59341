import { expect, test } from 'vitest'
import { emulateModel } from '../../emulators/model.ts'
import { models, worldLine } from '../../lib/adapters/index.ts'
import { addressProblem } from '../../lib/config/modelRoute.ts'
import { type Config, parseConfig, parseModelConfig } from '../../lib/config.ts'
import { ledger, requestOf } from '../contracts/modelRequest.ts'

const choice = (env: Record<string, string>) => parseModelConfig(env).model

function problems(env: Record<string, string>): string[] {
  try {
    parseModelConfig(env)
    return []
  } catch (error) {
    return String((error as { detail: string }).detail).split('; ')
  }
}

const live = (env: Record<string, string>) => {
  const chosen = choice(env)
  if (chosen?.kind !== 'live') throw new Error('nothing live was chosen')
  return chosen
}

test.each([{}, { MODEL: '' }, { MODEL: 'recipes' }, { ANTHROPIC_API_KEY: 'k', OPENAI_API_KEY: 'k' }])(
  '%j: recipes alone, whatever keys lie about',
  (env) => {
    expect(choice(env as Record<string, string>)).toBeNull()
    expect(models({ model: null })).toBeNull()
  },
)

test('an adapter alone asks a small model for a second look and a large one for the work', () => {
  const { routes, anthropic } = live({ MODEL: 'anthropic', ANTHROPIC_API_KEY: 'k' })
  const names = Object.entries(routes).map(([task, refs]) => `${task} ${refs.map(({ model }) => model).join()}`)
  expect(names).toEqual([
    'diagnose claude-sonnet-5-5',
    'test claude-sonnet-5-5',
    'fix claude-sonnet-5-5',
    'review claude-haiku-5-5',
  ])
  expect(anthropic).toEqual({ key: 'k', url: 'https://api.anthropic.com' })
  const aws = { AWS_REGION: 'eu-west-2', AWS_BEARER_TOKEN_BEDROCK: 'b' }
  expect(live({ MODEL: 'bedrock', ...aws }).routes.fix[0]?.model).toBe('global.anthropic.claude-sonnet-5-5')
})

test('a primary, a fallback and a task of its own', () => {
  const { routes, openaiKey } = live({
    MODEL: 'anthropic:claude-opus-5-5, openai:gpt@https://host.example/v1/',
    MODEL_REVIEW: 'openai:mini',
    OPENAI_BASE_URL: 'https://host.example/v1',
    ANTHROPIC_API_KEY: 'k',
    OPENAI_API_KEY: 'o',
  })
  const gpt = { adapter: 'openai', model: 'gpt', url: 'https://host.example/v1' }
  expect(routes.fix).toEqual([{ adapter: 'anthropic', model: 'claude-opus-5-5' }, gpt])
  expect(routes.review).toEqual([{ ...gpt, model: 'mini' }])
  expect(openaiKey).toEqual({ key: 'o', origin: 'https://host.example' })
})

test('everything that is missing is listed at once, with what else is missing', () => {
  expect(problems({ MODEL: 'anthropic,bedrock,openai:gpt' }).map((line) => line.split(':')[0])).toEqual([
    'ANTHROPIC_API_KEY',
    'AWS_REGION',
    'AWS_BEARER_TOKEN_BEDROCK, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    'OPENAI_API_KEY',
  ])
  expect(() => parseConfig({ MODEL: 'anthropic' })).toThrow(/DATABASE_URL.*ANTHROPIC_API_KEY/s)
})

test.each<[Record<string, string>, RegExp]>([
  [{ MODEL: 'gpt' }, /"gpt" is not anthropic/],
  [{ MODEL: 'anthropic,', ANTHROPIC_API_KEY: 'k' }, /"" is not anthropic/],
  [{ MODEL: 'openai', OPENAI_API_KEY: 'o' }, /openai needs a model/],
  [{ MODEL: 'anthropic:m@https://x.example', ANTHROPIC_API_KEY: 'k' }, /only openai takes an address/],
  [{ MODEL: 'anthropic:m,anthropic:m', ANTHROPIC_API_KEY: 'k' }, /names a model twice/],
  [{ MODEL: 'openai:m@http://far.example/v1', OPENAI_API_KEY: 'o' }, /not https/],
  [{ MODEL: 'openai:m@https://a.example,openai:m@https://b.example', OPENAI_API_KEY: 'o' }, /is for one host/],
  [{ MODEL: 'anthropic', ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'http://far.example' }, /^ANTHROPIC_BASE_URL/],
  [{ MODEL: 'bedrock', AWS_REGION: 'r', AWS_ACCESS_KEY_ID: 'a' }, /AWS_SECRET_ACCESS_KEY/],
  [
    { MODEL: 'bedrock', AWS_REGION: 'r', AWS_BEARER_TOKEN_BEDROCK: 'b', AWS_BEDROCK_BASE_URL: 'x' },
    /^AWS_BEDROCK_BASE_URL/,
  ],
  [{ MODEL: 'anthropic', ANTHROPIC_API_KEY: 'k', MODEL_FIX: 'x' }, /^MODEL_FIX: "x"/],
  [{ MODEL_FIX: 'anthropic' }, /^MODEL_FIX: MODEL has to/],
  [{ MODEL: 'anthropic', ANTHROPIC_API_KEY: 'k', MODEL_TEST: 'x' }, /^MODEL_TEST: "x"/],
  [{ MODEL: 'replay:' }, /names no folder/],
  [{ MODEL: 'replay:/kept', MODEL_FIX: 'anthropic' }, /answers everything/],
  [{ MODEL: 'anthropic', ANTHROPIC_API_KEY: 'k', MODEL_PRICES: '{' }, /MODEL_PRICES: not JSON/],
  [
    { MODEL: 'anthropic', ANTHROPIC_API_KEY: 'k', MODEL_PRICES: '{"m":{"input":-1,"output":1}}' },
    /MODEL_PRICES: m.input/,
  ],
])('%j is refused', (env, said) => {
  expect(problems(env)).toEqual([expect.stringMatching(said)])
})

test.each([
  ['https://api.example/v1', null],
  ['http://127.0.0.1:11434/v1', null],
  ['http://localhost:11434/v1', null],
  ['http://[::1]:1/v1', null],
  ['http://127.0.0.1.evil.example/v1', 'not https'],
  ['http://localhost.evil.example', 'not https'],
  ['ftp://127.0.0.1/', 'not https'],
  ['https://ada:pw@api.example', 'no credentials'],
  ['api.example', 'no address'],
])('%s as an address: %s', (text, problem) => {
  if (problem === null) expect(addressProblem(text)).toBeNull()
  else expect(addressProblem(text)).toContain(problem)
})

test('a server on this machine needs no key, and is not shown one that is for another', () => {
  const here = 'openai:qwen@http://127.0.0.1:11434/v1'
  expect(live({ MODEL: here }).openaiKey).toBeNull()
  expect(live({ MODEL: here, OPENAI_API_KEY: 'o' }).openaiKey?.origin).toBe('http://127.0.0.1:11434')
  const both = live({ MODEL: `openai:gpt,${here}`, OPENAI_API_KEY: 'o' })
  expect(both.openaiKey?.origin).toBe('https://api.openai.com')
})

test('a second server is not shown the first one’s key', async () => {
  const [first, second] = await Promise.all([emulateModel(), emulateModel()])
  first.moods = [{ fails: 404 }]
  const MODEL = `openai:a@${first.url},openai:b@${second.url}`
  const chosen = { model: choice({ MODEL, OPENAI_API_KEY: 'key-of-the-first' }) }
  expect(await models(chosen)!(ledger()).ask(requestOf())).toMatchObject({ ok: true, model: `openai:b@${second.url}` })
  expect(first.heard[0]?.headers.authorization).toBe('Bearer key-of-the-first')
  expect(second.heard[0]?.headers).not.toHaveProperty('authorization')
  await Promise.all([first.close(), second.close()])
})

test('an SDK is loaded when it is first asked, with what was chosen', async () => {
  const far = await emulateModel()
  const login = { ANTHROPIC_API_KEY: 'k-anthropic', ANTHROPIC_BASE_URL: far.url }
  const aws = { AWS_REGION: 'r', AWS_BEARER_TOKEN_BEDROCK: 'k-bedrock', AWS_BEDROCK_BASE_URL: far.url }
  const chosen = { model: choice({ MODEL: 'anthropic', MODEL_FIX: 'bedrock', ...login, ...aws }) }
  const model = models(chosen)!(ledger())
  await model.ask(requestOf({ task: 'review' }))
  await model.ask(requestOf({ task: 'fix' }))
  expect(far.heard.map(({ headers }) => headers.authorization)).toEqual(['Bearer k-anthropic', 'Bearer k-bedrock'])
  expect(far.heard[0]?.body.model).toBe('claude-haiku-5-5')
  await far.close()
})

test('prices of one’s own stand beside ours', () => {
  const MODEL_PRICES = '{"gpt":{"input":1,"output":2}}'
  const { prices } = live({ MODEL: 'anthropic', ANTHROPIC_API_KEY: 'k', MODEL_PRICES })
  expect(prices.gpt).toEqual({ input: 1, output: 2, cacheWrite: 1, cacheRead: 1 })
  expect(prices['claude-sonnet-5-5']?.output).toBe(10)
})

const ELSEWHERE = { sql: { kind: 'postgres' }, deploy: { kind: 'process' }, code: { kind: 'git' }, notify: {} }

test('a choice opens as a model, and the line at boot names it', async () => {
  const replay = { model: choice({ MODEL: 'replay:/nowhere/at/all' }) }
  expect(await models(replay)!(ledger()).ask(requestOf())).toMatchObject({ ok: false, why: 'rejected' })
  const chosen = { model: choice({ MODEL: 'openai:m@http://127.0.0.1:1/v1,anthropic', ANTHROPIC_API_KEY: 'k' }) }
  expect(models(chosen)!(ledger())).toHaveProperty('ask')
  const line = (model: Config['model']) =>
    worldLine({
      ...ELSEWHERE,
      world: 'local',
      auth: { kind: 'owner' },
      model,
      sandbox: { kind: 'bubblewrap' },
    } as unknown as Config)
  expect([line(null), line(replay.model), line(chosen.model)].map((one) => /model=\S+/.exec(one)?.[0])).toEqual([
    'model=recipes',
    'model=replay',
    'model=openai,anthropic',
  ])
})
