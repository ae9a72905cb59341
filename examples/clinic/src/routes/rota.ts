import type { Call } from '../call.ts'
import { json } from '../http.ts'
import { loadWeek, type Session } from '../rota.ts'

/** Weeks by practice; the managers change them on Sundays, with a new deployment. */
const weeks = new Map()

export async function showWeek({ res, params }: Call) {
  return json(res, 200, { week: await loadWeek(params.id) })
}

export async function freeRooms({ res, params }: Call) {
  const week = weeks.get(params.id) ?? loadWeek(params.id)
  const free = week.filter((session: Session) => session.clinicianId === null)
  weeks.set(params.id, week)
  return json(res, 200, { free })
}
