import { type JSONSchema, transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema'
import type {
  ContentBlockParam,
  MessageCreateParamsNonStreaming,
  MessageParam,
} from '@anthropic-ai/sdk/resources/messages'
import type { Block, ModelRequest, Turn } from '../../domain/model.ts'

const CACHED = { cache_control: { type: 'ephemeral' as const } }

/** A request as the Messages API takes it. `name`: the model as we call it, `model`: as the provider does. */
export function toMessages(request: ModelRequest, name: string, model: string): MessageCreateParamsNonStreaming {
  const { system, turns, tools, answerNow, schema, effort, maxTokens } = request
  return {
    model,
    max_tokens: maxTokens,
    ...(system ? { system: [{ type: 'text', text: system, ...CACHED }] } : {}),
    messages: turns.flatMap((turn) => messageOf(turn, name)) as MessageParam[],
    ...(tools.length > 0
      ? {
          tools: tools.map((tool) => ({
            name: tool.name,
            description: tool.description,
            input_schema: { type: 'object' as const, ...strict(tool.input) },
            strict: true,
          })),
          ...(answerNow ? { tool_choice: { type: 'none' as const } } : {}),
        }
      : {}),
    output_config: { effort, ...(schema ? { format: { type: 'json_schema', schema: strict(schema) } } : {}) },
  }
}

/** Bounds that the API does not enforce become words; they are checked here when the answer is. */
const strict = (schema: JSONSchema): JSONSchema => transformJSONSchema(schema)

function messageOf({ role, blocks }: Turn, name: string): { role: Turn['role']; content: ContentBlockParam[] }[] {
  const content = blocks.flatMap((block) => contentOf(block, name))
  // Results have to come first in their turn.
  content.sort((a, b) => Number(b.type === 'tool_result') - Number(a.type === 'tool_result'))
  return content.length > 0 ? [{ role, content }] : []
}

function contentOf(block: Block, name: string): ContentBlockParam[] {
  switch (block.type) {
    case 'text':
      return block.text === '' ? [] : [{ type: 'text', text: block.text }]
    case 'call':
      return [{ type: 'tool_use', id: block.id, name: block.name, input: block.input }]
    case 'result':
      return [{ type: 'tool_result', tool_use_id: block.id, content: block.text, is_error: block.error }]
    case 'opaque':
      // Bound to the model that thought it.
      return block.model === name ? [block.data as ContentBlockParam] : []
  }
}

/** The same with the end of what was said so far marked for the cache, where the API does not do that by itself. */
export function cachedToTheEnd(params: MessageCreateParamsNonStreaming): MessageCreateParamsNonStreaming {
  const last = params.messages.at(-1)
  if (!last || typeof last.content === 'string') return params
  const block = last.content.at(-1)
  if (!block || (block.type !== 'text' && block.type !== 'tool_result')) return params
  const content = [...last.content.slice(0, -1), { ...block, ...CACHED }]
  return { ...params, messages: [...params.messages.slice(0, -1), { ...last, content } as MessageParam] }
}
