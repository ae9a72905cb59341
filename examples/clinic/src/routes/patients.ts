import type { Call } from '../call.ts'
import { json, readText } from '../http.ts'
import { findPatient } from '../patients.ts'

export function showPatient({ db, res, params }: Call) {
  const patient = findPatient(db, params.id)
  if (!patient) return json(res, 404, { error: 'patient not found' })
  return json(res, 200, { patient: { id: patient.id, name: patient.name, consent: patient.consent === 1 } })
}

/** Takes in what patients ticked at the reception desk: `{ "pt-1": true, "pt-2": false }`. */
export async function recordConsents({ db, req, res }: Call) {
  const answers = JSON.parse(await readText(req))
  if (!answers) return json(res, 400, { error: 'no answers given' })
  const update = db.prepare('update patients set consent = ? where id = ?')
  for (const [id, consents] of Object.entries(answers)) update.run(consents === true ? 1 : 0, id)
  return json(res, 200, { recorded: Object.keys(answers).length })
}
