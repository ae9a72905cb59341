import type { Call } from '../call.ts'
import { json } from '../http.ts'
import { findPatient } from '../patients.ts'

export function showPatient({ db, res, params }: Call) {
  const patient = findPatient(db, params.id)
  if (!patient) return json(res, 404, { error: 'patient not found' })
  return json(res, 200, { patient: { id: patient.id, name: patient.name, consent: patient.consent === 1 } })
}
