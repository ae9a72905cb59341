import type { Call } from '../call.ts'
import { json } from '../http.ts'
import { patientsOf } from '../patients.ts'
import { allPractices, findPractice } from '../practices.ts'

export function listPractices({ db, res }: Call) {
  return json(res, 200, { practices: allPractices(db) })
}

export function showPractice({ db, res, params }: Call) {
  const practice = findPractice(db, params.id)
  if (!practice) return json(res, 404, { error: 'practice not found' })
  return json(res, 200, { practice })
}

export function listPatients({ db, res, params }: Call) {
  const practice = findPractice(db, params.id)
  if (!practice) return json(res, 404, { error: 'practice not found' })
  const patients = patientsOf(db, practice.id)
  return json(res, 200, { patients: patients.map(({ id, name }) => ({ id, name })) })
}
