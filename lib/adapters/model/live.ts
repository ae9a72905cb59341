import { type ModelAnswer, type ModelRequest, NOTHING_USED } from '../../domain/model.ts'
import type { Budget, Model } from '../../world.ts'
import { said } from './failures.ts'
import type { Health } from './health.ts'
import { redactKept, redactRequest } from './redactRequest.ts'
import { askRoute, type Routes } from './route.ts'
import { keepTranscript } from './transcript.ts'

/** Longest request in characters: more than any model reads, and redacting it still takes no second. */
const REQUEST_MAX = 4_000_000

/** The routes as one model: redacts what leaves, keeps a transcript where one is wanted, and never throws. */
export function liveModel(
  routes: Routes,
  { budget, health, transcript }: { budget: Budget; health: Health; transcript: string | undefined },
): Model {
  const kept = transcript === undefined ? null : keepTranscript(transcript)

  async function ask(request: ModelRequest, signal: AbortSignal | undefined): Promise<ModelAnswer> {
    const length = JSON.stringify([request.system, request.turns, request.tools]).length
    if (length > REQUEST_MAX) return failed('too-long', `A request of ${length} characters is not sent.`)
    const sent = redactRequest(request)
    // A request that cannot be kept is not sent: the transcript would be missing what was paid for.
    const step = await kept?.request(sent)
    // As it is kept, so that a replay says the same to the letter.
    const answer = redactKept(await askRoute(routes[request.task], sent, { budget, health, signal }))
    if (step !== undefined) await kept?.answer(step, answer).catch(() => undefined)
    return answer
  }
  return {
    ask: (request, signal) => ask(request, signal).catch((error) => failed('unavailable', said(String(error)))),
  }
}

const failed = (why: 'unavailable' | 'too-long', detail: string): ModelAnswer => ({
  ok: false,
  why,
  detail,
  tried: [],
  usage: NOTHING_USED,
  usd: 0,
  ms: 0,
})
