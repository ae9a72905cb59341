import type { Block, ModelAnswer, ModelRequest } from '../../domain/model.ts'
import { redactCredentials, redactLong, redactText } from '../../parse/redactText.ts'

/** Deepest value of a tool's input that is gone into. */
const DEPTH_MAX = 100

/** Whatever leaves for a model, however it came in: the second time for what was redacted before, which changes nothing. */
export function redactRequest(request: ModelRequest): ModelRequest {
  return {
    ...request,
    system: redactLong(request.system),
    turns: request.turns.map((turn) => ({
      ...turn,
      blocks: turn.blocks.map((block) => redactBlock(block, redactLong)),
    })),
    tools: request.tools.map((tool) => ({ ...tool, description: redactLong(tool.description) })),
  }
}

/** An answer becomes a patch, so only what is a credential for certain goes. */
export const redactAnswer = (blocks: Block[]): Block[] => blocks.map((block) => redactBlock(block, redactCredentials))

/** As it is kept. What people are told about failures may quote anything. */
export const redactKept = (answer: ModelAnswer): ModelAnswer => ({
  ...answer,
  tried: answer.tried.map((one) => ({ ...one, detail: redactText(one.detail) })),
  ...(answer.ok ? { blocks: redactAnswer(answer.blocks) } : { detail: redactText(answer.detail) }),
})

function redactBlock(block: Block, redact: (text: string) => string): Block {
  if (block.type === 'text' || block.type === 'result') return { ...block, text: redact(block.text) }
  if (block.type === 'call') return { ...block, input: inside(block.input, redact, 0) }
  // A provider's own: signed, so not to be touched, and made of what it was sent.
  return block
}

function inside(value: unknown, redact: (text: string) => string, depth: number): unknown {
  if (depth > DEPTH_MAX) throw new RangeError('a tool’s input is nested too deeply')
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map((one) => inside(one, redact, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inside(one, redact, depth + 1)]))
}
