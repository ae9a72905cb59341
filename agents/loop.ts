import type { z } from 'zod'
import type { Block, Effort, ModelAnswer, ModelFailure, ModelTask, Spend, Tried, Turn } from '../lib/domain/model.ts'
import { NOTHING_USED } from '../lib/domain/model.ts'
import type { Model } from '../lib/world.ts'
import type { Tool } from './tools/tool.ts'

/** One conversation with a model: what it is asked, the tools it has, and the shape its answer must have. */
export interface Talk<T> {
  task: ModelTask
  system: string
  tools: Tool[]
  shape: { schema: z.ZodType<T>; json: Record<string, unknown> }
  effort: Effort
  maxTokens: number
  /** Model calls, the answer included. */
  steps: number
  /** Why an answer of the right shape is no good, in words the model is told; null when it is. */
  check(answer: T): string | null | Promise<string | null>
}

/** All of a conversation: plain data, so that any process can take it up after any step. */
export interface Talked {
  turns: Turn[]
  steps: number
  /** Answers that were no good. */
  faults: number
  spend: Spend
  /** Milliseconds it took the model to answer. */
  waitedMs: number
  tried: Tried[]
}

export const opening = (text: string): Talked => ({
  turns: [{ role: 'user', blocks: [{ type: 'text', text }] }],
  steps: 0,
  faults: 0,
  spend: { usd: 0, usage: NOTHING_USED, calls: 0 },
  waitedMs: 0,
  tried: [],
})

export type Step<T> =
  | { state: 'going'; talked: Talked }
  | { state: 'answered'; talked: Talked; answer: T }
  /** `failure`: why the model did not answer; null where it did, and to no end. */
  | { state: 'ended'; talked: Talked; why: string; failure: ModelFailure | null }

const CALL_MS = 300_000
/** Answers of the wrong shape, or pointing at nothing, before the conversation is given up. */
const FAULTS = 2
/** Tool calls of one turn that are run; a model that asks for more is told so. */
const CALLS = 8

/** Ask, act, check: one step. A conversation that is interrupted between two steps has lost nothing. */
export async function step<T>(model: Model, talk: Talk<T>, before: Talked): Promise<Step<T>> {
  const left = talk.steps - before.steps
  const ended = (talked: Talked, why: string, failure: ModelFailure | null = null): Step<T> => ({
    ...{ state: 'ended', talked, why, failure },
  })
  if (left <= 0) return ended(before, `no answer in ${talk.steps} steps`)
  const answer = await model.ask({
    ...{ task: talk.task, system: talk.system, turns: before.turns, effort: talk.effort, maxTokens: talk.maxTokens },
    tools: talk.tools.map(({ name, description, json }) => ({ name, description, input: json })),
    // The last step is for the answer.
    answerNow: left === 1,
    schema: talk.shape.json,
    timeoutMs: CALL_MS,
  })
  const talked = counted(before, answer)
  if (!answer.ok) return ended(talked, `the model did not answer (${answer.why}): ${answer.detail}`, answer.why)
  const calls = answer.blocks.filter((block) => block.type === 'call')
  const said: Talked = { ...talked, turns: [...talked.turns, { role: 'assistant', blocks: answer.blocks }] }
  if (calls.length > 0) {
    const results = await Promise.all(calls.map((call, at) => act(talk.tools, call, at < CALLS)))
    return { state: 'going', talked: { ...said, turns: [...said.turns, { role: 'user', blocks: results }] } }
  }
  const read = await readAnswer(talk, answer.blocks)
  if (read.ok) return { state: 'answered', talked: said, answer: read.answer }
  if (said.faults + 1 >= FAULTS) return ended(said, `its answer was no good: ${read.why}`)
  const again: Turn = { role: 'user', blocks: [{ type: 'text', text: `That answer cannot be used: ${read.why}` }] }
  return { state: 'going', talked: { ...said, faults: said.faults + 1, turns: [...said.turns, again] } }
}

/** Every step of it. */
export async function talk<T>(
  model: Model,
  about: Talk<T>,
  start: Talked,
): Promise<Exclude<Step<T>, { state: 'going' }>> {
  let now = await step(model, about, start)
  while (now.state === 'going') now = await step(model, about, now.talked)
  return now
}

function counted(before: Talked, answer: ModelAnswer): Talked {
  const { usage, usd, calls } = before.spend
  const sum = {
    input: usage.input + answer.usage.input,
    cacheWrite: usage.cacheWrite + answer.usage.cacheWrite,
    cacheRead: usage.cacheRead + answer.usage.cacheRead,
    output: usage.output + answer.usage.output,
  }
  return {
    ...before,
    steps: before.steps + 1,
    spend: { usd: usd + answer.usd, usage: sum, calls: calls + 1 },
    waitedMs: before.waitedMs + answer.ms,
    tried: [...before.tried, ...answer.tried],
  }
}

/** What a tool says; a name it made up, a wrong input and a tool that fails are answers too. */
async function act(tools: Tool[], call: Extract<Block, { type: 'call' }>, run: boolean): Promise<Block> {
  const said = (text: string, error: boolean): Block => ({ type: 'result', id: call.id, text, error })
  if (!run) return said(`Not run: at most ${CALLS} calls at once.`, true)
  const tool = tools.find(({ name }) => name === call.name)
  if (!tool) return said(`There is no tool of that name. There are: ${tools.map(({ name }) => name).join(', ')}.`, true)
  const result = await tool.call(call.input)
  return said(result.text, !result.ok)
}

type Read<T> = { ok: true; answer: T } | { ok: false; why: string }

async function readAnswer<T>(about: Talk<T>, blocks: Block[]): Promise<Read<T>> {
  const text = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).at(-1) ?? ''
  const value = jsonIn(text)
  if (value === undefined) return { ok: false, why: 'it is not the JSON object that was asked for.' }
  const parsed = about.shape.schema.safeParse(value)
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`)
    return { ok: false, why: issues.join('; ') }
  }
  const why = await about.check(parsed.data)
  return why === null ? { ok: true, answer: parsed.data } : { ok: false, why }
}

/** The object itself, also where somebody put a fence around it. */
function jsonIn(text: string): unknown {
  const bare = text
    .trim()
    .replace(/^```(?:json)?\s*\n/, '')
    .replace(/\n```$/, '')
  try {
    return JSON.parse(bare)
  } catch {
    return undefined
  }
}
