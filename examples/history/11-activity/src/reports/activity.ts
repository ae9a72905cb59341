import type { Call } from '../call.ts'
import { rows } from '../database.ts'
import { json } from '../http.ts'

/** Visits by year: in the practice asked for, or in all of them where none is named. */
export function reportActivity({ db, res, query }: Call) {
  const everywhere = !query.has('practice')
  const heading = everywhere ? 'All practices' : 'One practice'
  const years = rows<{ year: number; visits: number }>(
    db,
    'select year, count(*) as visits from visits where ? or practiceId = ? group by year order by year',
    everywhere ? 1 : 0,
    query.get('practice'),
  )
  return json(res, 200, { heading, years })
}
