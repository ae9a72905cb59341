import type { DatabaseSync } from 'node:sqlite'
import { rows } from './database.ts'

export interface Patient {
  id: string
  practiceId: string
  name: string
  email: string
  /** 1 where the patient agreed to be written to. */
  consent: number
}

export function findPatient(db: DatabaseSync, id: string) {
  return rows<Patient>(db, 'select * from patients where id = ?', id)[0]
}

export function patientsOf(db: DatabaseSync, practiceId: string) {
  return rows<Patient>(db, 'select * from patients where practiceId = ? order by id', practiceId)
}
