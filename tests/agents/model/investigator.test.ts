import { describe, expect, test } from 'vitest'
import { askWhy } from '../../../agents/investigator/ask.ts'
import { COMMIT, calls, DIAGNOSIS, FACTS, groundOf, RUNS, recordingSandbox, saying, TARGET, text } from './bench.ts'

const ask = (model: ReturnType<typeof saying>) =>
  askWhy(model, groundOf(recordingSandbox().sandbox), [TARGET], FACTS, RUNS)

describe('a diagnosis by a model', () => {
  test('looks around with tools, and every pointer of its evidence is followed', async () => {
    const model = saying([
      calls(['read', { path: 'src/last.js', from: 1, to: 3 }], ['blame', { path: 'src/last.js', line: 2 }]),
      text(DIAGNOSIS),
    ])
    const { finding, talked, why } = await ask(model)
    expect(why).toBeNull()
    expect(finding).toMatchObject({
      cause: 'code',
      confidence: 0.9,
      author: 'model',
      suspect: COMMIT,
      suspectBy: 'blame',
    })
    expect(finding?.hypotheses[0]?.for).toEqual([{ kind: 'line', path: 'src/last.js', line: 2 }])
    expect(talked.steps).toBe(2)
    expect(talked.spend).toMatchObject({ usd: 0.02, calls: 2 })
    const results = model.asked[1]!.turns.at(-1)!.blocks
    expect(results.map((block) => (block.type === 'result' ? block.text.split('\n').at(-1) : ''))).toEqual([
      '3\t}',
      expect.stringContaining('Lists: take the last'),
    ])
  })

  test('evidence that leads nowhere is sent back once, and ends it the second time', async () => {
    const wrong = { ...DIAGNOSIS, where: [{ path: 'src/none.js', line: 1 }] }
    const model = saying([text(wrong), text(DIAGNOSIS)])
    expect((await ask(model)).finding?.author).toBe('model')
    expect(JSON.stringify(model.asked[1]!.turns.at(-1))).toContain('there is no file src/none.js')
    const never = await ask(saying([text(wrong)]))
    expect(never.finding).toBeNull()
    expect(never.why).toContain('there is no file')
    expect(never.talked.steps).toBe(2)
  })

  test('a commit may be named however old it is, as it was shown; what is a name of none may not', async () => {
    const newer = Array.from({ length: 500 }, (_, at) => ({ ...COMMIT, sha: at.toString(16).padStart(40, 'b') }))
    const ground = groundOf(recordingSandbox().sandbox)
    const history = { ...ground.history, log: async (_: string | null, most: number) => newer.slice(0, most) }
    const why = (suspectCommit: string) =>
      askWhy(saying([text({ ...DIAGNOSIS, suspectCommit })]), { ...ground, history }, [TARGET], FACTS, RUNS)
    expect((await why(COMMIT.sha.slice(0, 12))).finding?.suspect).toEqual(COMMIT)
    expect((await why('abcdef123456')).why).toContain('there is no commit abcdef123456')
  })

  test.each([
    ['prose', 'It is the index.'],
    ['another shape', { cause: 'code' }],
    ['more keys than asked for', { ...DIAGNOSIS, approve: true }],
    ['a remedy that is none', { ...DIAGNOSIS, remedy: 'merge' }],
    ['a confidence beyond one', { ...DIAGNOSIS, confidence: 7 }],
    ['a cause without a place', { ...DIAGNOSIS, where: [] }],
    ['no evidence at all', { ...DIAGNOSIS, hypotheses: [{ ...DIAGNOSIS.hypotheses[0]!, for: [] }] }],
    ['a made-up commit', { ...DIAGNOSIS, suspectCommit: 'f'.repeat(40) }],
  ])('%s is no answer', async (_, value) => {
    const { finding, why } = await ask(saying([text(value)]))
    expect(finding).toBeNull()
    expect(why).toContain('no good')
  })

  test('a conversation that never answers ends after its steps, and in the last one no tool may be called', async () => {
    const model = saying([calls(['list', { folder: '' }])])
    const { finding, why, talked } = await ask(model)
    expect(finding).toBeNull()
    expect(why).toContain('no answer in 24 steps')
    expect(talked.spend.calls).toBe(24)
    expect(model.asked.map(({ answerNow }) => answerNow)).toEqual([...Array(23).fill(false), true])
    expect(model.asked.at(-1)!.tools).toEqual(model.asked[0]!.tools)
  })

  test.each([
    'unavailable',
    'limited',
    'timed-out',
    'refused',
    'malformed',
    'over-budget',
    'paused',
    'unauthorised',
    'too-long',
  ] as const)('a model that does not answer (%s) ends it with that reason, and what it cost is kept', async (why) => {
    const answer = await ask(saying([calls(['list', { folder: '' }]), why]))
    expect(answer).toMatchObject({ finding: null, why: expect.stringContaining(why) })
    expect(answer.talked.spend).toMatchObject({ calls: 2, usd: 0.02 })
  })
})

describe('tools answer whatever they are asked', () => {
  test.each([
    [['read', { path: '../../etc/passwd', from: 1, to: 5 }], 'no such text file'],
    [['read', { path: 'constructor', from: 1, to: 5 }], 'no such text file'],
    [['read', { path: 'src/last.js', from: 0, to: 5 }], 'Wrong input'],
    [['read', 'src/last.js'], 'Wrong input'],
    [['list', { folder: '../..' }], 'nothing there'],
    [['show', { sha: '--help' }], 'Wrong input'],
    [['deploy', {}], 'no tool of that name'],
    [['blame', { path: 'src/last.js', line: 2, sha: 'main' }], 'Wrong input'],
  ] as [[string, unknown], string][])('%j', async (call, said) => {
    const model = saying([calls(call), text(DIAGNOSIS)])
    await ask(model)
    expect(JSON.stringify(model.asked[1]!.turns.at(-1))).toContain(said)
  })

  test('a secret in a file is not shown to a model', async () => {
    const model = saying([calls(['read', { path: 'src/secret.js', from: 1, to: 2 }]), text(DIAGNOSIS)])
    await ask(model)
    expect(JSON.stringify(model.asked)).not.toContain('ghp_abcdefghijklmnopqrstuvwxyz0123456789')
  })
})

test('a small repository is shown whole, with the paths of all there is; of a large one what is suspicious', async () => {
  const model = saying([text(DIAGNOSIS)])
  await ask(model)
  const said = JSON.stringify(model.asked[0]!.turns[0])
  expect(said).toContain('export function last(list)')
  expect(said).toContain('src/secret.js')
  expect(said).toContain('.github/workflows/ci.yml')
  expect(said).not.toContain('are shown)')
})

test('everything from the repository stands between marks made from its own hash', async () => {
  const model = saying([text(DIAGNOSIS)])
  await ask(model)
  const said = JSON.stringify(model.asked[0]!.turns[0])
  const [, kind, mark] = /<(failures) mark=\\"([0-9a-f]{12})\\">/.exec(said)!
  expect(said).toContain(`</${kind} mark=\\"${mark}\\">`)
  expect(model.asked[0]!.system).not.toContain('src/last.js')
})
