import type { ModelRequest, Reservation, Usage } from '../../lib/domain/model.ts'
import type { Budget } from '../../lib/world.ts'

export const SCHEMA = {
  type: 'object',
  properties: { cause: { type: 'string', maxLength: 40 }, sure: { type: 'boolean' } },
  required: ['cause', 'sure'],
  additionalProperties: false,
}

export const GOOD = '{"cause":"null","sure":true}'

export const TOOL = {
  name: 'read',
  description: 'Reads a file.',
  input: {
    type: 'object',
    properties: { path: { type: 'string' } },
    required: ['path'],
    additionalProperties: false,
  },
}

export const requestOf = (over: Partial<ModelRequest> = {}): ModelRequest => ({
  task: 'diagnose',
  system: 'Say what broke.',
  turns: [{ role: 'user', blocks: [{ type: 'text', text: 'TypeError at src/app.ts:3' }] }],
  tools: [],
  schema: null,
  effort: 'low',
  maxTokens: 2000,
  timeoutMs: 20_000,
  ...over,
})

/** A budget that writes down what it was asked, and can be out of order. */
export interface Ledger extends Budget {
  reserved: number[]
  settled: { id: number; usage: Usage | null }[]
  says: 'yes' | 'paused' | 'over-budget' | 'throws'
  settles: boolean
  /** Reservations that were not settled exactly once. */
  unsettled(): number[]
}

/** What each call is put aside at, in US dollars; one that is settled with usage costs a tenth of it. */
export const PUT_ASIDE = 1

export function ledger(): Ledger {
  const book: Ledger = {
    reserved: [],
    settled: [],
    says: 'yes',
    settles: true,
    unsettled: () => book.reserved.filter((id) => book.settled.filter((one) => one.id === id).length !== 1),
    async reserve(_, model) {
      if (book.says === 'throws') throw new Error('connection lost')
      if (book.says !== 'yes') return { ok: false, why: book.says, detail: 'No.' }
      const id = book.reserved.length + 1
      book.reserved.push(id)
      return { ok: true, reservation: { id, model, usd: PUT_ASIDE } }
    },
    async settle({ id, usd }: Reservation, usage) {
      book.settled.push({ id, usage })
      if (!book.settles) throw new Error('connection lost')
      return usage === null ? usd : usage.input + usage.output === 0 ? 0 : usd / 10
    },
  }
  return book
}
