import {
  type ModelAnswer,
  type ModelRequest,
  type ModelTask,
  NOTHING_USED,
  type Tried,
  type Usage,
} from '../../domain/model.ts'
import type { Budget } from '../../world.ts'
import { askOne, type One } from './askOne.ts'
import { checkOf } from './check.ts'
import { said } from './failures.ts'
import { type Health, LONG_WAIT_MS } from './health.ts'
import type { Paid } from './paidCall.ts'
import type { Answered, Provider } from './provider.ts'

/** A primary and its fallbacks for each task, in the order in which they are asked. */
export type Routes = Record<ModelTask, Provider[]>

/** Of the time that is left, what a provider gets that has others behind it. */
const SHARE = 0.6
/** What another provider would answer the same way to. */
const FINAL = new Set(['rejected', 'too-long'])

/** What a provider comes back from by itself: where one may, that is what is said of all of them. */
const PASSING = new Set(['limited', 'unavailable', 'timed-out'])

/** Asks one provider of the route after the other until one answers. */
export async function askRoute(
  providers: Provider[],
  request: ModelRequest,
  { budget, health, signal }: { budget: Budget; health: Health; signal: AbortSignal | undefined },
): Promise<ModelAnswer> {
  const started = performance.now()
  const tried: Tried[] = []
  const usage: Usage = { ...NOTHING_USED }
  let usd = 0
  const count = (paid: Paid) => {
    usd += paid.usd
    if (paid.made && paid.reply.usage) add(usage, paid.reply.usage)
  }
  const remaining = () => request.timeoutMs - (performance.now() - started)
  const sum = () => ({ tried, usage, usd, ms: Math.round(performance.now() - started) })
  const failed = (why: Tried['why'], detail: string): ModelAnswer => ({ ok: false, why, detail, ...sum() })

  let check: (answer: Answered) => ReturnType<ReturnType<typeof checkOf>>
  try {
    check = checkOf(request)
  } catch (error) {
    return failed('rejected', said(`An answer could not be held to this schema: ${String(error)}`))
  }
  for (const [i, provider] of providers.entries()) {
    const left = remaining()
    if (signal?.aborted || !(left > 0)) break
    const problem = health.problem(provider.name)
    if (problem) {
      tried.push({ model: provider.name, ...problem })
      continue
    }
    const isLast = providers.slice(i + 1).every(({ name }) => health.problem(name) !== null)
    const share = AbortSignal.timeout(Math.ceil(isLast ? left : left * SHARE))
    const within = signal ? AbortSignal.any([signal, share]) : share
    const mayWait = (ms: number) => ms <= LONG_WAIT_MS || (isLast && ms < remaining())
    const one: One = await askOne(provider, { request, check, budget, signal: within, mayWait, count })
    if (one.end === 'answered') return { ok: true, model: provider.name, blocks: one.blocks, stop: one.stop, ...sum() }
    if (one.end === 'stopped') return failed(one.why, one.detail)
    const { why, detail } = one.setback
    tried.push({ model: provider.name, why, detail })
    health.learn(provider.name, one.setback)
    if (FINAL.has(why)) return failed(why, detail)
  }
  if (signal?.aborted) return failed('timed-out', 'It was called off.')
  const last = tried.findLast(({ why }) => PASSING.has(why)) ?? tried.at(-1)
  if (last) return failed(last.why, tried.map(({ model, detail }) => `${model}: ${detail}`).join('; '))
  return failed('timed-out', 'There was no time to ask anybody.')
}

function add(sum: Usage, more: Usage): void {
  for (const kind of ['input', 'cacheWrite', 'cacheRead', 'output'] as const) sum[kind] += more[kind]
}
