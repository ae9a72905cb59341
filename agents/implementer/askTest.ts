import type { ModelFailure } from '../../lib/domain/model.ts'
import { ModelTest } from '../../lib/domain/modelTest.ts'
import type { TestRun } from '../../lib/domain/testRun.ts'
import type { Edit } from '../../lib/domain/tree.ts'
import { type NewTestFacts, newTestProblem } from '../../lib/policy/newTest.ts'
import type { Model } from '../../lib/world.ts'
import { opening, type Talk, type Talked, talk } from '../loop.ts'
import { promptOf } from '../prompts.ts'
import { toolsOf } from '../tools/all.ts'
import type { Bench, Desk } from '../tools/desk.ts'
import { shapeOf } from '../tools/tool.ts'
import { type Refused, type Thrown, testInWords } from './testInWords.ts'

const STEPS = 20
const MAX_TOKENS = 16_000

/** `no-test`: it says, of its own accord, that no test of this code can show the error. */
export type AskEnd = 'test' | 'no-test' | 'no-good' | ModelFailure

interface AskedTest {
  test: Edit | null
  explanation: string
  talked: Talked
  /** Why there is no test. */
  why: string | null
  end: AskEnd
}

/**
 * One try at a test that fails as an error did: told the error, the code around it, how the repository's tests look and are
 * run, and what became of the tries before. What it may not be is told at once; nothing of it has run when this answers.
 */
export async function askTest(
  model: Model,
  bench: Bench,
  error: Thrown,
  facts: NewTestFacts,
  before: Refused[],
  runs: TestRun[],
): Promise<AskedTest> {
  const desk: Desk = { ...bench, shown: new Set(), runs }
  const about: Talk<ModelTest> = {
    ...{ task: 'test', system: promptOf('test'), tools: toolsOf(desk), shape: shapeOf(ModelTest) },
    ...{ effort: 'high', maxTokens: MAX_TOKENS, steps: STEPS },
    check({ tests: [first], explanation }) {
      if (first) return newTestProblem(plain(first), facts)
      return explanation.trim() === '' ? 'Say in `explanation` why not.' : null
    },
  }
  const end = await talk(model, about, opening(testInWords(bench, error, facts.tests, before)))
  const { talked } = end
  if (end.state === 'ended') return { test: null, explanation: '', talked, why: end.why, end: end.failure ?? 'no-good' }
  const { tests, explanation } = end.answer
  const [first] = tests
  if (!first)
    return { test: null, explanation, talked, why: `the model sees no test for it: ${explanation}`, end: 'no-test' }
  return { test: plain(first), explanation, talked, why: null, end: 'test' }
}

/** Line ends of one kind, and one at the end. */
function plain({ path, text }: Edit): Edit {
  const unix = text.replaceAll('\r\n', '\n')
  return { path, text: unix.endsWith('\n') ? unix : `${unix}\n` }
}
