import type { ModelAnswer } from '../../lib/domain/model.ts'
import type { Model, OpenModel } from '../../lib/world.ts'
import { keyOfRequest } from './keys.ts'
import { keep, type Memory, read, recall } from './memory.ts'
import { Suspended } from './suspended.ts'

/** A call that has less than this is not begun: what is cut off is billed all the same. */
const LEAST_MS = 60_000
/** One that had less than this and was cut off says nothing about the model: the next tick has more. */
const ENOUGH_MS = 200_000
const CLOSING_MS = 5000

/** A model whose answers are remembered across ticks, so that each is paid for once; a failure is not, and is asked anew. */
export const durableModels =
  (memory: Memory, open: OpenModel): OpenModel =>
  (budget, name) =>
    durable(memory, open(budget, name))

const durable = (memory: Memory, model: Model): Model => ({
  async ask(request, signal) {
    const key = keyOfRequest(request)
    const what = { kind: 'answer' as const, key, turn: memory.turn(key) }
    const row = await recall(memory, what)
    if (row.result) return read<ModelAnswer>(row.result)
    const left = memory.left() - CLOSING_MS
    if (left < LEAST_MS) throw new Suspended()
    const answer = await model.ask({ ...request, timeoutMs: Math.min(request.timeoutMs, left) }, signal)
    if (!answer.ok && answer.why === 'timed-out' && left < Math.min(request.timeoutMs, ENOUGH_MS)) throw new Suspended()
    return answer.ok ? keep(memory, what, answer) : answer
  },
})
