import { setTimeout } from 'node:timers/promises'
import type { Call } from '../call.ts'
import { rows } from '../database.ts'
import { json } from '../http.ts'

/** Visits read at once. */
const PAGE = 100
/** Milliseconds between two pages, so that the front desk is served in between. */
const BREATH = 40

export async function reportYears({ db, res }: Call) {
  const visits: Record<number, number> = {}
  for (let from = 0; ; from += PAGE) {
    const page = rows<{ year: number }>(db, 'select year from visits order by id limit ? offset ?', PAGE, from)
    for (const { year } of page) visits[year] = (visits[year] ?? 0) + 1
    if (page.length < PAGE) return json(res, 200, { visits })
    await setTimeout(BREATH)
  }
}
