import type { Block, Usage } from '../../domain/model.ts'
import { isObject } from '../../parse/json.ts'
import { recordOf } from '../../parse/loose.ts'
import { said } from './failures.ts'
import { perhapsBilled, type Reply, tokensOf } from './provider.ts'

/** What the Messages API answered, whatever that is, as a reply. `name` marks the thinking as this model's own. */
export function readMessage(message: unknown, name: string): Reply {
  const { content, stop_reason: stop, stop_details: details, usage: counted } = recordOf(message)
  const usage = usageOf(counted)
  if (!Array.isArray(content)) return perhapsBilled('malformed', 'its answer is no message', usage)
  if (stop === 'refusal') {
    const { category, explanation } = recordOf(details)
    const words = [category, explanation].filter((word) => typeof word === 'string').join(': ')
    return perhapsBilled('refused', said(words || 'it would not answer'), usage)
  }
  if (stop === 'max_tokens') return perhapsBilled('too-long', 'its answer reached the limit of this request', usage)
  if (stop === 'model_context_window_exceeded')
    return perhapsBilled('too-long', 'the request and its answer do not fit into the model', usage)
  const blocks: Block[] = []
  for (const one of content) {
    const block = blockOf(one, name)
    if (block === null) return perhapsBilled('malformed', 'a block of its answer is not what it should be', usage)
    blocks.push(block)
  }
  if (stop === 'tool_use') return { ok: true, blocks, stop: 'calls', usage }
  if (stop === 'end_turn' || stop === 'stop_sequence') return { ok: true, blocks, stop: 'end', usage }
  return perhapsBilled('malformed', said(`it stopped for no reason we know: ${String(stop)}`), usage)
}

/** Blocks are known by their type, never by their place: most answers begin with thinking. */
function blockOf(block: unknown, name: string): Block | null {
  if (!isObject(block)) return null
  const { type, text, id, name: tool, input } = block
  if (type === 'text') return typeof text === 'string' ? { type, text } : null
  if (type !== 'tool_use') return typeof type === 'string' ? { type: 'opaque', model: name, data: block } : null
  if (typeof id !== 'string' || typeof tool !== 'string' || !isObject(input)) return null
  return { type: 'call', id, name: tool, input }
}

function usageOf(value: unknown): Usage | null {
  const counted = recordOf(value)
  const input = tokensOf(counted.input_tokens)
  const output = tokensOf(counted.output_tokens)
  const cacheWrite = tokensOf(counted.cache_creation_input_tokens ?? 0)
  const cacheRead = tokensOf(counted.cache_read_input_tokens ?? 0)
  if (input === null || output === null || cacheWrite === null || cacheRead === null) return null
  return { input, cacheWrite, cacheRead, output }
}
