import type { DatabaseSync } from 'node:sqlite'
import type { Call } from '../call.ts'
import { rows } from '../database.ts'
import { json, readFields } from '../http.ts'
import { findPatient } from '../patients.ts'

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

/** Booking the same slot again for the same patient changes nothing. */
export async function bookSlot({ db, req, res }: Call) {
  const { slotId, patientId } = await readFields(req, 'slotId', 'patientId')
  const slot = findSlot(db, slotId)
  const booked = slot.patientId
  const patient = findPatient(db, patientId)
  if (!patient) return json(res, 404, { error: 'patient not found' })
  if (booked && booked !== patient.id) return json(res, 409, { error: 'slot is taken' })
  db.prepare('update slots set patientId = ? where id = ?').run(patient.id, slot.id)
  return json(res, 200, { booked: slot.id, day: slot.day, time: slot.time })
}
