import type { DatabaseSync } from 'node:sqlite'
import type { Call } from '../call.ts'
import { rows } from '../database.ts'
import { json } from '../http.ts'

interface Slot {
  id: string
  practiceId: string
  day: string
  time: string
  /** Who booked it. */
  patientId: string | null
}

function findSlot(db: DatabaseSync, id: string) {
  return rows<Slot>(db, 'select * from slots where id = ?', id)[0]
}

export function showSlot({ db, res, params }: Call) {
  const slot = findSlot(db, params.id)
  if (!slot) return json(res, 404, { error: 'slot not found' })
  return json(res, 200, { slot: { id: slot.id, day: slot.day, time: slot.time, free: slot.patientId === null } })
}
