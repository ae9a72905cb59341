import { type ModelAnswer, type ModelRequest, NOTHING_USED } from '../domain/model.ts'
import type { Model } from '../world.ts'
import { difference, hashOf } from './model/canonical.ts'
import { redactRequest } from './model/redactRequest.ts'
import { readTranscript, type Step } from './model/transcript.ts'

/**
 * Answers what was asked before with what was answered then, and nothing else: no network, no key, no money. The same
 * request asked several times gets its answers in their order, and the last one from then on.
 */
export function replayModel(folder: string): Model {
  let kept: Promise<Step[]> | undefined
  const used = new Set<number>()

  async function answer(request: ModelRequest): Promise<ModelAnswer> {
    kept ??= readTranscript(folder)
    const steps = await kept
    const hash = hashOf(request)
    const same = steps.filter((one) => hashOf(one.request) === hash)
    const found = same.find(({ step }) => !used.has(step)) ?? same.at(-1)
    if (!found) return failed(unknown(request, steps))
    used.add(found.step)
    if (!found.answer) return failed(`Step ${found.step} of the transcript was never answered.`)
    // What it cost then, in money and in time, it costs nobody now.
    return { ...found.answer, usd: 0, ms: 0 }
  }

  function unknown(request: ModelRequest, steps: Step[]): string {
    const expected = steps.find(({ step }) => !used.has(step))
    if (!expected) return `The transcript has ${steps.length} steps, and this request is none of them.`
    return `Step ${expected.step} of the transcript is another request: ${difference(expected.request, request)}.`
  }

  return {
    ask: (request) =>
      // As it was kept: redacted.
      Promise.resolve()
        .then(() => answer(redactRequest(request)))
        .catch((error) => failed(`The transcript cannot be read: ${String(error)}`)),
  }
}

const failed = (detail: string): ModelAnswer => ({
  ok: false,
  // Asking again would not change it.
  why: 'rejected',
  detail,
  tried: [],
  usage: NOTHING_USED,
  usd: 0,
  ms: 0,
})
