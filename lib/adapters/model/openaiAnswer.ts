import type { Block, Usage } from '../../domain/model.ts'
import { isObject, parseJson } from '../../parse/json.ts'
import { recordOf } from '../../parse/loose.ts'
import { said } from './failures.ts'
import { perhapsBilled, type Reply, tokensOf } from './provider.ts'

/** What `/chat/completions` answered, whatever that is, as a reply. */
export function readCompletion(body: unknown): Reply {
  const { choices, usage: counted } = recordOf(body)
  const usage = usageOf(counted)
  const choice = recordOf(Array.isArray(choices) ? choices[0] : null)
  if (!isObject(choice.message)) return perhapsBilled('malformed', 'its answer has no message', usage)
  const { content, refusal, tool_calls: asked } = choice.message
  const finish = choice.finish_reason
  if (typeof refusal === 'string' && refusal) return perhapsBilled('refused', said(refusal), usage)
  if (finish === 'content_filter') return perhapsBilled('refused', 'its filter kept the answer back', usage)
  if (finish === 'length') return perhapsBilled('too-long', 'its answer reached the limit of this request', usage)
  const blocks: Block[] = []
  if (typeof content === 'string' && content) blocks.push({ type: 'text', text: content })
  else if (content !== null && content !== undefined && content !== '')
    return perhapsBilled('malformed', 'its answer is no text', usage)
  const calls = Array.isArray(asked) ? asked.map(callOf) : []
  for (const call of calls) {
    if (call === null) return perhapsBilled('malformed', 'a call of a tool is not what it should be', usage)
    blocks.push(call)
  }
  // Some servers say `stop` although there are calls.
  if (calls.length > 0) return { ok: true, blocks, stop: 'calls', usage }
  if (finish === 'stop') return { ok: true, blocks, stop: 'end', usage }
  return perhapsBilled('malformed', said(`it stopped for no reason we know: ${String(finish)}`), usage)
}

function callOf(value: unknown): Block | null {
  const { id, function: called } = recordOf(value)
  const { name, arguments: given } = recordOf(called)
  if (typeof id !== 'string' || typeof name !== 'string' || typeof given !== 'string') return null
  const input = parseJson(given || '{}')
  return input.ok && isObject(input.value) ? { type: 'call', id, name, input: input.value } : null
}

/** The prompt's count includes what came from the cache; nothing says what was written to it. */
function usageOf(value: unknown): Usage | null {
  const counted = recordOf(value)
  const prompt = tokensOf(counted.prompt_tokens)
  const output = tokensOf(counted.completion_tokens)
  const cacheRead = tokensOf(recordOf(counted.prompt_tokens_details).cached_tokens ?? 0)
  if (prompt === null || output === null || cacheRead === null || cacheRead > prompt) return null
  return { input: prompt - cacheRead, cacheWrite: 0, cacheRead, output }
}
