import type { Sql } from 'postgres'
import type { ModelRequest, Reserved } from '../domain/model.ts'
import { PRICES, type Prices } from '../domain/prices.ts'
import { capInWords, costOf, overBudget, reserveFor } from '../policy/spend.ts'
import { reserveSpend, settleSpend } from '../store/spend.ts'
import type { Budget } from '../world.ts'

/** The database keeps money to a hundredth of a millionth of a dollar; an upper bound is rounded up to it. */
const upward = (usd: number): number => Math.ceil(usd * 1e8) / 1e8

/** An issue's share of its project's money; `issue` null: for none in particular. */
export function projectBudget(
  sql: Sql,
  of: { project: number; issue: number | null },
  prices: Prices = PRICES,
): Budget {
  return {
    async reserve(request, model): Promise<Reserved> {
      const usd = upward(reserveFor(request, model, prices))
      const said = await reserveSpend(sql, { ...of, task: request.task, model, usd })
      if (said.answer === 'yes') return { ok: true, reservation: { id: said.id, model, usd } }
      if (said.reason === 'paused') return { ok: false, why: 'paused', detail: 'The project is paused.' }
      const cap = { of: said.reason, usd: said.cap, spent: said.spent }
      return { ok: false, why: said.reason === 'issue' ? 'spent' : 'over-budget', detail: capInWords(cap, usd) }
    },
    settle: ({ id, model }, usage) => settleSpend(sql, id, usage && costOf(model, usage, prices), usage),
  }
}

/** So many US dollars for one run of the command line, in memory: gone with the process, and so is what it paid for. */
export function runBudget(limit: number, prices: Prices = PRICES): Budget & { spent(): number } {
  const underWay = new Map<number, number>()
  const settled = new Map<number, number>()
  const sum = (of: Map<number, number>) => [...of.values()].reduce((all, usd) => all + usd, 0)
  const spent = () => sum(underWay) + sum(settled)
  let next = 1
  return {
    spent,
    async reserve(request: ModelRequest, model: string): Promise<Reserved> {
      const usd = reserveFor(request, model, prices)
      const detail = overBudget([{ of: 'run', usd: limit, spent: spent() }], usd)
      if (detail !== null) return { ok: false, why: 'over-budget', detail }
      const id = next++
      underWay.set(id, usd)
      return { ok: true, reservation: { id, model, usd } }
    },
    async settle({ id, model, usd }, usage) {
      const stands = settled.get(id) ?? (usage ? costOf(model, usage, prices) : usd)
      underWay.delete(id)
      settled.set(id, stands)
      return stands
    },
  }
}
