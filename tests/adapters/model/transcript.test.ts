import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { canonical, difference, hashOf } from '../../../lib/adapters/model/canonical.ts'
import { keepTranscript, readTranscript } from '../../../lib/adapters/model/transcript.ts'
import { replayModel } from '../../../lib/adapters/model.replay.ts'
import type { ModelAnswer, ModelRequest } from '../../../lib/domain/model.ts'
import type { Model } from '../../../lib/world.ts'
import { ledger, requestOf, TOOL } from '../../contracts/modelRequest.ts'
import { fails, modelOver, says, scripted, USED } from './scripted.ts'

const SECRET = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_')
let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'ns-transcript-')), 'kept')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

/** A small loop of an agent: asks, runs what it is told to, asks again, and gives up in the end. */
async function converse(model: Model): Promise<{ requests: string[]; answers: ModelAnswer[] }> {
  const requests: string[] = []
  const answers: ModelAnswer[] = []
  let request: ModelRequest = requestOf({ tools: [TOOL], system: `You read. Never say ${SECRET}.` })
  for (let i = 0; i < 3; i++) {
    requests.push(canonical(request))
    const answer = await model.ask(request)
    answers.push(answer)
    if (!answer.ok) break
    const called = answer.blocks.find((block) => block.type === 'call')
    const said = called
      ? { type: 'result' as const, id: called.id, text: JSON.stringify(called.input), error: false }
      : { type: 'text' as const, text: 'Go on.' }
    request = {
      ...request,
      turns: [...request.turns, { role: 'assistant', blocks: answer.blocks }, { role: 'user', blocks: [said] }],
    }
  }
  return { requests, answers }
}

const provider = () =>
  scripted(
    'anthropic:m',
    {
      ok: true,
      stop: 'calls',
      usage: USED,
      blocks: [
        { type: 'opaque', model: 'anthropic:m', data: { type: 'thinking', thinking: 'Hm.', signature: 's' } },
        { type: 'call', id: 'c1', name: 'read', input: { path: `a/${SECRET}.ts` } },
      ],
    },
    says(`The token ${SECRET} and "password: 'pw1'" of it`),
    fails('refused'),
  )

test('recorded once, replayed with the same requests and the same answers, failures too', async () => {
  const live = await converse(modelOver(ledger(), [provider()], undefined, folder))
  const replayed = await converse(replayModel(folder))
  expect(live.answers.map(({ ok }) => ok)).toEqual([true, true, false])
  expect(live.answers[0]!.usd).toBeGreaterThan(0)
  expect(replayed).toEqual({ ...live, answers: live.answers.map((answer) => ({ ...answer, usd: 0, ms: 0 })) })
  expect(readdirSync(folder).sort()).toEqual([1, 2, 3].flatMap((n) => [`000${n}.answer.json`, `000${n}.request.json`]))
})

test('no secret is kept, none leaves, and the folder is its owner’s', async () => {
  const far = provider()
  await converse(modelOver(ledger(), [far], undefined, folder))
  const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  expect(kept.join()).not.toContain(SECRET)
  expect(JSON.stringify(far.asked)).not.toContain(SECRET)
  expect([statSync(folder).mode & 0o77, statSync(join(folder, '0001.request.json')).mode & 0o77]).toEqual([0, 0])
})

test('whoever keeps it, what is kept is redacted', async () => {
  const kept = keepTranscript(folder)
  const step = await kept.request(requestOf({ system: SECRET }))
  const sum = { tried: [{ model: 'a', why: 'refused' as const, detail: SECRET }], usage: USED, usd: 0, ms: 0 }
  await kept.answer(step, { ok: true, model: 'a', blocks: [{ type: 'text', text: SECRET }], stop: 'end', ...sum })
  await kept.answer(await kept.request(requestOf()), { ok: false, why: 'refused', detail: SECRET, ...sum })
  expect(JSON.stringify(await readTranscript(folder))).not.toContain(SECRET)
})

test('a request the transcript does not know is named by its step and what differs', async () => {
  await converse(modelOver(ledger(), [provider()], undefined, folder))
  const replay = replayModel(folder)
  const other = requestOf({ tools: [TOOL], system: 'You read. Never say 5.' })
  expect(await replay.ask(other)).toMatchObject({
    ok: false,
    why: 'rejected',
    detail: expect.stringMatching(/^Step 1 of the transcript is another request: system, from character 20: kept "/),
  })
  await converse(replay)
  expect(await replay.ask(other)).toMatchObject({ detail: expect.stringContaining('has 3 steps') })
})

test('the same request twice has its answers in their order, and the last one from then on', async () => {
  const model = modelOver(ledger(), [scripted('a', says('One.'), says('Two.'))], undefined, folder)
  for (let i = 0; i < 2; i++) await model.ask(requestOf())
  const replay = replayModel(folder)
  const texts = []
  for (let i = 0; i < 3; i++) {
    // However long there is to wait, it is the same question.
    const answer = await replay.ask(requestOf({ timeoutMs: i }))
    texts.push(answer.ok && answer.blocks[0])
  }
  expect(texts).toEqual(['One.', 'Two.', 'Two.'].map((text) => ({ type: 'text', text })))
})

test('a call that never came back is kept, and replayed as what it was', async () => {
  await keepTranscript(folder).request(requestOf())
  expect(await replayModel(folder).ask(requestOf())).toMatchObject({
    detail: expect.stringContaining('never answered'),
  })
  expect(await readTranscript(folder)).toMatchObject([{ step: 1, answer: null }])
})

test('two writers of one folder have numbers of their own', async () => {
  const [one, two] = [keepTranscript(folder), keepTranscript(folder)]
  const steps = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).request(requestOf())))
  expect([...steps].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
})

test('what cannot be kept is not asked; what cannot be read is a failure', async () => {
  writeFileSync(folder, 'a file')
  const far = scripted('a', says('Yes.'))
  const book = ledger()
  expect(await modelOver(book, [far], undefined, folder).ask(requestOf())).toMatchObject({
    ok: false,
    why: 'unavailable',
  })
  expect([far.asked, book.reserved]).toEqual([[], []])
  expect(await replayModel(folder).ask(requestOf())).toMatchObject({ ok: false, why: 'rejected' })
  expect(await replayModel(`${folder}-none`).ask(requestOf())).toMatchObject({ ok: false, why: 'rejected' })
})

test('an answer that cannot be kept is still an answer: it was paid for', async () => {
  const far = scripted('a', says('Yes.'))
  const blocking = {
    ...far,
    ask: async (...args: Parameters<typeof far.ask>) => {
      rmSync(folder, { recursive: true })
      return far.ask(...args)
    },
  }
  expect(await modelOver(ledger(), [blocking], undefined, folder).ask(requestOf())).toMatchObject({ ok: true })
  expect(existsSync(folder)).toBe(false)
})

test('one request has one hash, whatever the order of its properties', () => {
  const { task, ...rest } = requestOf()
  expect(hashOf({ ...rest, task })).toBe(hashOf(requestOf()))
  for (const over of [
    { task: 'fix' as const },
    { maxTokens: 1 },
    { effort: 'high' as const },
    { schema: {} },
    { turns: [] },
  ])
    expect(hashOf(requestOf(over))).not.toBe(hashOf(requestOf()))
})

test.each<[Partial<ModelRequest>, string]>([
  [{}, 'nothing'],
  [{ maxTokens: 5 }, 'maxTokens: kept 2000, asked 5'],
  [{ schema: { a: 1 } }, 'schema: kept null, asked {"a":1}'],
  [{ turns: [] }, 'turns.0: kept {"blocks":[{"text":"TypeError at src/app, asked nothing'],
  [{ system: 'Say what' }, 'system, from character 8: kept " broke.", asked ""'],
])('what differs in %j: %s', (over, said) => {
  expect(difference(requestOf(), requestOf(over))).toBe(said)
})
