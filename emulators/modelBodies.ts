/** What a provider's model says, apart from the dialect it says it in. */
export interface Said {
  text?: string
  /** Thinking that the Messages API puts first; nothing in the other dialect. */
  thinking?: string
  calls?: { id: string; name: string; input: unknown }[]
  stop?: 'end' | 'calls' | 'refused' | 'too-long'
  usage?: { input: number; output: number; cacheRead?: number; cacheWrite?: number } | null
}

const STOPS = {
  messages: { end: 'end_turn', calls: 'tool_use', refused: 'refusal', 'too-long': 'max_tokens' },
  completions: { end: 'stop', calls: 'tool_calls', refused: 'content_filter', 'too-long': 'length' },
}

const stopOf = (said: Said) => said.stop ?? (said.calls ? 'calls' : 'end')
const USED: NonNullable<Said['usage']> = { input: 100, output: 20 }

export function messageOf(said: Said, model: string): Record<string, unknown> {
  const { text = 'Yes.', thinking, calls = [], usage = USED } = said
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content: [
      ...(thinking === undefined ? [] : [{ type: 'thinking', thinking, signature: 'c2lnbmVk' }]),
      ...(text === '' ? [] : [{ type: 'text', text }]),
      ...calls.map((call) => ({ type: 'tool_use', ...call })),
    ],
    stop_reason: STOPS.messages[stopOf(said)],
    stop_sequence: null,
    stop_details: said.stop === 'refused' ? { type: 'refusal', category: 'cyber', explanation: 'Not this.' } : null,
    ...(usage && {
      usage: {
        input_tokens: usage.input,
        output_tokens: usage.output,
        cache_creation_input_tokens: usage.cacheWrite ?? 0,
        cache_read_input_tokens: usage.cacheRead ?? 0,
      },
    }),
  }
}

export function completionOf(said: Said, model: string): Record<string, unknown> {
  const { text = 'Yes.', calls, usage = USED } = said
  const tools = calls?.map(({ id, name, input }) => ({
    id,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }))
  const message = { role: 'assistant', content: text || null, ...(tools ? { tool_calls: tools } : {}) }
  return {
    id: 'chatcmpl_1',
    object: 'chat.completion',
    model,
    choices: [{ index: 0, finish_reason: STOPS.completions[stopOf(said)], message }],
    ...(usage && {
      usage: {
        prompt_tokens: usage.input + (usage.cacheRead ?? 0),
        completion_tokens: usage.output,
        prompt_tokens_details: { cached_tokens: usage.cacheRead ?? 0 },
      },
    }),
  }
}

/** A message as the events it is streamed in. */
export function eventsOf(message: Record<string, unknown>): string[] {
  const { content, stop_reason, stop_sequence, stop_details, usage, ...rest } = message
  const blocks = content as Record<string, unknown>[]
  const events: Record<string, unknown>[] = [
    { type: 'message_start', message: { ...rest, content: [], stop_reason: null, stop_sequence: null, usage } },
    ...blocks.flatMap((block, index) => [
      { type: 'content_block_start', index, content_block: { ...block, ...EMPTY[block.type as string] } },
      ...deltasOf(block).map((delta) => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason, stop_sequence, stop_details }, usage },
    { type: 'message_stop' },
  ]
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}

const EMPTY: Record<string, object> = {
  text: { text: '' },
  thinking: { thinking: '', signature: '' },
  tool_use: { input: {} },
}

function deltasOf(block: Record<string, unknown>): object[] {
  if (block.type === 'text') return [{ type: 'text_delta', text: block.text }]
  if (block.type === 'tool_use') return [{ type: 'input_json_delta', partial_json: JSON.stringify(block.input) }]
  return [
    { type: 'thinking_delta', thinking: block.thinking },
    { type: 'signature_delta', signature: block.signature },
  ]
}
