import type { Finding } from '../../lib/domain/hypothesis.ts'
import type { ModelFailure } from '../../lib/domain/model.ts'
import { ModelEdits } from '../../lib/domain/modelEdits.ts'
import type { TestCase, TestRun } from '../../lib/domain/testRun.ts'
import type { Edit } from '../../lib/domain/tree.ts'
import { editsOf } from '../../lib/policy/edits/edits.ts'
import { feedbackOf } from '../../lib/policy/edits/problem.ts'
import type { Model } from '../../lib/world.ts'
import { failuresInWords, placesInWords } from '../investigator/case.ts'
import { opening, type Talk, type Talked, talk } from '../loop.ts'
import { promptOf } from '../prompts.ts'
import { quote } from '../quote.ts'
import { toolsOf } from '../tools/all.ts'
import type { Bench, Desk } from '../tools/desk.ts'
import { excerpt } from '../tools/files.ts'
import { shapeOf } from '../tools/tool.ts'

const STEPS = 16
const MAX_TOKENS = 16_000

/** An attempt before, as a patch, and what became of it. */
export interface Earlier {
  diff: string
  why: string
}

/** `no-repair`: it says, of its own accord, that no change of this code is right. */
export type FixEnd = 'edits' | 'no-repair' | 'no-good' | ModelFailure

interface AskedFix {
  edits: Edit[] | null
  explanation: string
  talked: Talked
  /** Why there are no edits. */
  why: string | null
  end: FixEnd
}

/**
 * One attempt at a fix by a model: told the diagnosis, the places, what became of every attempt before, and changes that
 * pass but that the tests cannot tell apart (`undecided`, as patches).
 */
export async function askFix(
  model: Model,
  ground: Bench,
  targets: TestCase[],
  finding: Finding,
  before: Earlier[],
  undecided: string[],
  runs: TestRun[],
): Promise<AskedFix> {
  const desk: Desk = { ...ground, shown: new Set(), runs }
  const text = fixInWords(desk, targets, finding, before, undecided)
  const about: Talk<ModelEdits> = {
    ...{ task: 'fix', system: promptOf('fix'), tools: toolsOf(desk), shape: shapeOf(ModelEdits) },
    ...{ effort: 'high', maxTokens: MAX_TOKENS, steps: STEPS },
    check(answer) {
      if (answer.edits.length === 0) return answer.explanation.trim() === '' ? 'Say in `explanation` why not.' : null
      const read = editsFrom(desk, answer)
      return read.ok ? null : feedbackOf(read.problems)
    },
  }
  const end = await talk(model, about, opening(text))
  const { talked } = end
  const none = { edits: null, talked }
  if (end.state === 'ended') return { ...none, explanation: '', why: end.why, end: end.failure ?? 'no-good' }
  const { explanation } = end.answer
  if (end.answer.edits.length === 0)
    return { ...none, explanation, why: `the model sees no repair in this code: ${explanation}`, end: 'no-repair' }
  const read = editsFrom(desk, end.answer)
  if (!read.ok) return { ...none, explanation, why: feedbackOf(read.problems), end: 'no-good' }
  return { edits: read.edits, explanation, talked, why: null, end: 'edits' }
}

function editsFrom(desk: Desk, answer: ModelEdits) {
  const shown = new Map([...desk.shown].map((path) => [path, desk.texts[path]!]))
  return editsOf(JSON.stringify(answer), {
    shown,
    tracked: new Set(desk.files.map(({ path }) => path)),
    mayCreate: new Set(),
  })
}

/** Of the failing tests' own text. */
const MOST_TESTS = 2
const TEST_LINES = 150

/** Context grows with each attempt: the lines around each place, then the whole file of each, then what it looks up. */
const AROUND = [40, 150, 400]

function fixInWords(desk: Desk, targets: TestCase[], finding: Finding, before: Earlier[], undecided: string[]): string {
  const around = AROUND[Math.min(before.length, AROUND.length - 1)]!
  for (const { path } of finding.where) if (path in desk.texts) desk.shown.add(path)
  const evidence = evidenceIn(finding).filter(({ path }) => path in desk.texts)
  for (const { path } of evidence) desk.shown.add(path)
  const places = placesInWords(desk.texts, [...finding.where, ...evidence], around).map((text) => quote('file', text))
  const tests = [...new Set(targets.flatMap(({ file }) => file ?? []))].slice(0, MOST_TESTS)
  return [
    'These tests fail each time:',
    quote('failures', failuresInWords(targets)),
    ...tests.map((path) => quote('test', excerpt(path, desk.texts[path] ?? '', 1, TEST_LINES))),
    finding.author === 'model'
      ? 'Why, as somebody found out:'
      : 'Nobody found out why yet. This is only where it shows, or what the failing tests run; the cause may lie elsewhere:',
    quote('diagnosis', finding.why),
    ...(places.length > 0 ? ['The places named, each below its path and hash:', ...places] : []),
    ...(undecided.length > 0
      ? [
          'Found by trying small changes. Each passes every test, at most one is right, and the tests do not say which:',
          ...undecided.map((diff) => quote('candidate', diff)),
        ]
      : []),
    ...before.map((attempt, at) => attemptInWords(attempt, at + 1)),
  ].join('\n\n')
}

/** Lines of other files that the diagnosis rests on: what a repair may need to look like. */
const MOST_EVIDENCE = 6
function evidenceIn({ where, hypotheses }: Finding): Finding['where'] {
  const known = new Set(where.map(({ path }) => path))
  const lines = hypotheses.flatMap((one) => [...one.for, ...one.against]).filter((one) => one.kind === 'line')
  return lines
    .filter(({ path }) => !known.has(path))
    .slice(0, MOST_EVIDENCE)
    .map(({ path, line }) => ({ path, line, function: null }))
}

const attemptInWords = ({ diff, why }: Earlier, number: number): string =>
  `Attempt ${number} was not taken:\n\n${quote('attempt', diff)}\n\n${quote('result', why)}`
