import { z } from 'zod'
import type { Block, ModelRequest } from '../../domain/model.ts'
import { parseJson } from '../../parse/json.ts'
import type { Answered } from './provider.ts'

/** Of what is wrong with an answer, what the model is told. */
const PROBLEMS_MAX = 10

export type Checked = { ok: true; blocks: Block[] } | { ok: false; problem: string }

/**
 * Holds answers to what a request asked for: an answer to its schema, calls to being calls. Which tool and which input is
 * between the model and whoever runs the tools: it is told, and goes on. Throws on a schema it cannot read.
 */
export function checkOf({ schema, answerNow }: ModelRequest): (answer: Answered) => Checked {
  const shape = schema && z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
  return ({ blocks, stop }) => {
    if (stop === 'end') return checkEnd(blocks, shape)
    return answerNow ? no('no tool is run any more') : checkCalls(blocks)
  }
}

function checkCalls(blocks: Block[]): Checked {
  const ids = blocks.flatMap((block) => (block.type === 'call' ? [block.id] : []))
  if (ids.length === 0) return no('it wants tools run and names none')
  if (new Set(ids).size < ids.length) return no('two calls have the same id')
  return { ok: true, blocks }
}

function checkEnd(blocks: Block[], shape: z.ZodType | null): Checked {
  const at = blocks.findLastIndex(({ type }) => type === 'text')
  const last = blocks[at]
  if (last?.type !== 'text') return no('the answer is empty')
  if (!shape) return { ok: true, blocks }
  const text = bare(last.text)
  const json = parseJson(text)
  if (!json.ok) return no('the answer is not JSON')
  const problem = problemOf(shape, json.value)
  return problem ? no(problem) : { ok: true, blocks: blocks.with(at, { type: 'text', text }) }
}

/** The JSON within a fence, which models put around it where nothing enforces the schema. */
const bare = (text: string): string => /^\s*```(?:json)?\s*\n(.*)\n\s*```\s*$/s.exec(text)?.[1] ?? text

function problemOf(shape: z.ZodType, value: unknown): string | null {
  const parsed = shape.safeParse(value)
  if (parsed.success) return null
  const lines = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the answer'}: ${issue.message}`)
  return lines.slice(0, PROBLEMS_MAX).join('; ')
}

const no = (problem: string): Checked => ({ ok: false, problem })

/** The request with the answer that was wrong and what is wrong with it: asked a second time, in one more turn. */
export function askedAgain(request: ModelRequest, blocks: Block[], problem: string): ModelRequest {
  const wrong = blocks.filter((block) => block.type !== 'text' || block.text !== '')
  const results = wrong.flatMap((block): Block[] =>
    block.type === 'call' ? [{ type: 'result', id: block.id, text: `Not run: ${problem}`, error: true }] : [],
  )
  const text = `This is not what was asked for: ${problem}. Answer again, in the shape that was asked for.`
  const said = wrong.some(({ type }) => type !== 'opaque')
  return {
    ...request,
    turns: [
      ...request.turns,
      ...(said ? [{ role: 'assistant' as const, blocks: wrong }] : []),
      { role: 'user', blocks: [...results, { type: 'text', text }] },
    ],
  }
}
