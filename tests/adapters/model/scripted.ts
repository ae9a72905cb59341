import { newHealth } from '../../../lib/adapters/model/health.ts'
import { liveModel } from '../../../lib/adapters/model/live.ts'
import type { Provider, Reply, Setback } from '../../../lib/adapters/model/provider.ts'
import { free } from '../../../lib/adapters/model/provider.ts'
import type { ModelRequest } from '../../../lib/domain/model.ts'
import type { Ledger } from '../../contracts/modelRequest.ts'

export const USED = { input: 100, cacheWrite: 0, cacheRead: 0, output: 20 }
export const says = (text: string): Reply => ({ ok: true, blocks: [{ type: 'text', text }], stop: 'end', usage: USED })
export const fails = (why: Setback['why'], againInMs: number | null = null) => free(why, `emulated ${why}`, againInMs)

export interface Scripted extends Provider {
  asked: ModelRequest[]
}

type Line = Reply | 'throws' | 'hangs'

/** A provider that answers by its lines, one a call; the last one stays. */
export function scripted(name: string, ...lines: Line[]): Scripted {
  const asked: ModelRequest[] = []
  return {
    name,
    asked,
    async ask(request) {
      asked.push(request)
      const line = lines.length > 1 ? lines.shift()! : lines[0]!
      if (line === 'throws') throw new Error('its client broke')
      return line === 'hangs' ? new Promise(() => undefined) : line
    },
  }
}

/** One model over one route for every task. */
export function modelOver(book: Ledger, providers: Provider[], health = newHealth(), transcript?: string) {
  const routes = { diagnose: providers, test: providers, fix: providers, review: providers }
  return liveModel(routes, { budget: book, health, transcript })
}
