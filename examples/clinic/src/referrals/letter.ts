import type { DatabaseSync } from 'node:sqlite'
import type { Call } from '../call.ts'
import { rows } from '../database.ts'
import { findPatient } from '../patients.ts'
import { reply } from './reply.ts'

interface Referral {
  id: string
  patientId: string
  clinicianId: string
  reason: string
}

function findReferral(db: DatabaseSync, id: string) {
  return rows<Referral>(db, 'select * from referrals where id = ?', id)[0]
}

/** The letter that goes with a patient to a specialist. */
export function writeLetter({ db, res, params }: Call) {
  const referral = findReferral(db, params.id)
  const patient = findPatient(db, referral.patientId)
  return reply(res, 200, { letter: `Dear colleague, please see ${patient.name} about ${referral.reason}.` })
}
