import type { Call } from '../call.ts'
import { rows } from '../database.ts'
import { DESK, reply } from './reply.ts'

interface Clinician {
  id: string
  name: string
  practiceId: string
}

export function showClinician({ db, res, params }: Call) {
  const clinician = rows<Clinician>(db, 'select * from clinicians where id = ?', params.id)[0]
  if (!clinician) return reply(res, 404, { error: 'clinician not found', desk: DESK })
  return reply(res, 200, { clinician })
}
