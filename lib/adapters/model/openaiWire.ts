import type { Block, JsonSchema, ModelRequest, Turn } from '../../domain/model.ts'
import { isObject } from '../../parse/json.ts'

/** How the shape of the answer is asked for: by schema, or in words where a server knows JSON alone. */
export type Shape = 'schema' | 'words'

/** A request as `/chat/completions` takes it. */
export function toCompletion(request: ModelRequest, model: string, shape: Shape): Record<string, unknown> {
  const { system, turns, tools, answerNow, schema, maxTokens } = request
  const inWords =
    schema && shape === 'words' ? `Answer with JSON alone, by this schema:\n${JSON.stringify(schema)}` : ''
  const first = [system, inWords].filter(Boolean).join('\n\n')
  return {
    model,
    messages: [...(first ? [{ role: 'system', content: first }] : []), ...turns.flatMap(messagesOf)],
    ...(tools.length > 0
      ? {
          tools: tools.map(({ name, description, input }) => ({
            type: 'function',
            function: { name, description, parameters: input, ...(isStrict(input) ? { strict: true } : {}) },
          })),
          ...(answerNow ? { tool_choice: 'none' } : {}),
        }
      : {}),
    ...(schema ? { response_format: formatOf(schema, shape) } : {}),
    max_completion_tokens: maxTokens,
  }
}

const formatOf = (schema: JsonSchema, shape: Shape) =>
  shape === 'words'
    ? { type: 'json_object' }
    : { type: 'json_schema', json_schema: { name: 'answer', strict: isStrict(schema), schema } }

/** Strict takes schemas alone in which every object names all of its properties as required and allows no others. */
export function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict)
  if (!isObject(schema)) return true
  if (isObject(schema.properties)) {
    const names = Object.keys(schema.properties)
    const { required, additionalProperties } = schema
    if (additionalProperties !== false || !Array.isArray(required)) return false
    if (!names.every((name) => required.includes(name))) return false
  }
  return Object.values(schema).every(isStrict)
}

const isText = (block: Block): block is Extract<Block, { type: 'text' }> => block.type === 'text'
const textIn = (blocks: Block[]): string =>
  blocks
    .filter(isText)
    .map(({ text }) => text)
    .join('\n\n')

/** Thinking is another provider's, so it is left out. */
function messagesOf({ role, blocks }: Turn): object[] {
  const text = textIn(blocks)
  const results = blocks.flatMap((block) =>
    block.type === 'result'
      ? [{ role: 'tool', tool_call_id: block.id, content: block.error ? `Error: ${block.text}` : block.text }]
      : [],
  )
  const calls = blocks.flatMap((block) =>
    block.type === 'call'
      ? [{ id: block.id, type: 'function', function: { name: block.name, arguments: JSON.stringify(block.input) } }]
      : [],
  )
  if (role === 'user') return [...results, ...(text ? [{ role, content: text }] : [])]
  if (!text && calls.length === 0) return []
  return [{ role, content: text || null, ...(calls.length > 0 ? { tool_calls: calls } : {}) }]
}
