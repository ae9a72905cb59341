import { ANSWER_MAX, ModelEdits } from '../../domain/modelEdits.ts'
import type { EditProblem } from './problem.ts'

/** An answer as the closed shape, or what is wrong with it. Never throws, whatever the bytes. */
export type ReadAnswer = { ok: true; value: ModelEdits } | { ok: false; problem: EditProblem }

const FENCE = /^```(?:json)?[ \t]*\n([\s\S]*)\n```$/

/** A bare JSON object, or one in a single fence: prose around it would have to be guessed away, and is refused. */
export function readAnswer(answer: string): ReadAnswer {
  const no = (rule: EditProblem['rule'], why: string): ReadAnswer => ({
    ok: false,
    problem: { rule, edit: null, path: null, why },
  })
  if (answer.length > ANSWER_MAX) return no('too-long', `The answer is longer than ${ANSWER_MAX} characters.`)
  const trimmed = answer.trim()
  const bare = FENCE.exec(trimmed)?.[1] ?? trimmed
  let value: unknown
  try {
    value = JSON.parse(bare)
  } catch {
    return no('not-json', 'The answer is not one JSON object.')
  }
  const parsed = ModelEdits.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const [issue] = parsed.error.issues
  // Names of the shape alone: unknown keys are the answer's own words and are not repeated.
  const at = issue?.path.filter((part) => typeof part === 'number' || /^[a-z]+$/.test(String(part))).join('.')
  const why = issue?.code === 'unrecognized_keys' ? 'it has keys that are not asked for' : issue?.message
  return no(
    'shape',
    `The answer has not the asked shape${at ? ` at ${at}` : ''}: ${(why ?? 'unreadable').slice(0, 200)}.`,
  )
}
