import type { ModelRequest, Reserved } from '../../domain/model.ts'
import type { Budget } from '../../world.ts'
import { said, thrown } from './failures.ts'
import { free, type Provider, type Reply } from './provider.ts'
import { redactAnswer } from './redactRequest.ts'

export type Paid = { usd: number } & ({ made: true; reply: Reply } | { made: false; no: Refusal })

type Refusal = { why: 'over-budget' | 'spent' | 'paused' | 'unavailable'; detail: string }

/**
 * One call and its money: put aside before, settled after, exactly once whatever happens in between. A budget that does
 * not answer makes no call; one that cannot be settled leaves the whole of what was put aside spent.
 */
export async function paidCall(
  provider: Provider,
  request: ModelRequest,
  budget: Budget,
  signal: AbortSignal,
): Promise<Paid> {
  let reserved: Reserved
  try {
    reserved = await budget.reserve(request, provider.name)
  } catch (error) {
    return {
      made: false,
      usd: 0,
      no: { why: 'unavailable', detail: said(`The budget did not answer: ${String(error)}`) },
    }
  }
  if (!reserved.ok) return { made: false, usd: 0, no: reserved }
  const reply = await outcome(provider, request, signal)
  const { reservation } = reserved
  const usd = await budget.settle(reservation, reply.usage).catch(() => reservation.usd)
  return { made: true, reply, usd }
}

async function outcome(provider: Provider, request: ModelRequest, signal: AbortSignal): Promise<Reply> {
  // Putting money aside waits for its turn; meanwhile the time may be over.
  if (signal.aborted) return free('timed-out', 'the time was over before it was asked')
  try {
    const reply = await beforeTheEnd(provider.ask(request, signal), signal)
    return reply.ok ? { ...reply, blocks: redactAnswer(reply.blocks) } : reply
  } catch (error) {
    return thrown(error, signal)
  }
}

/** The answer, or the signal's reason where a provider does not listen to it. */
function beforeTheEnd<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const over = () => reject(signal.reason)
    signal.addEventListener('abort', over, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', over))
  })
}
