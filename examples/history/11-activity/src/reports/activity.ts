import type { DatabaseSync } from 'node:sqlite'
import type { Call } from '../call.ts'
import { rows } from '../database.ts'
import { json } from '../http.ts'

/** Visits by year, in one practice or in all of them. */
function yearsOf(db: DatabaseSync, practiceId: string | null) {
  const sql =
    'select year, count(*) as visits from visits where ?1 is null or practiceId = ?1 group by year order by year'
  return rows<{ year: number; visits: number }>(db, sql, practiceId)
}

/** Of the practice asked for, of all of them where none is. */
export function reportActivity({ db, res, query }: Call) {
  return json(res, 200, { years: yearsOf(db, query.get('practice')) })
}
