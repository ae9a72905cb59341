import type { Call } from '../call.ts'
import { json } from '../http.ts'
import { loadWeek } from '../rota.ts'

export async function showWeek({ res, params }: Call) {
  return json(res, 200, { week: await loadWeek(params.id) })
}

export async function freeRooms({ res, params }: Call) {
  const week = await loadWeek(params.id)
  const free = week.filter((session) => session.clinicianId === null)
  return json(res, 200, { free })
}
