import type { DatabaseSync } from 'node:sqlite'
import type { Call } from '../call.ts'
import { rows } from '../database.ts'
import { json, readFields } from '../http.ts'
import { patientsOf } from '../patients.ts'
import { findPractice } from '../practices.ts'

interface Campaign {
  id: string
  title: string
  audience: string
}

function findCampaign(db: DatabaseSync, id: string) {
  return rows<Campaign>(db, 'select * from campaigns where id = ?', id)[0]
}

export function listCampaigns({ db, res }: Call) {
  return json(res, 200, { campaigns: rows<Campaign>(db, 'select * from campaigns order by id') })
}

export function showCampaign({ db, res, params }: Call) {
  const campaign = findCampaign(db, params.id)
  if (!campaign) return json(res, 404, { error: 'campaign not found' })
  return json(res, 200, { campaign })
}

/** Writes to every patient of a practice who agreed to it. */
export async function launchCampaign({ db, req, res }: Call) {
  const { practiceId } = await readFields(req, 'practiceId')
  const practice = findPractice(db, practiceId)
  const recipients = patientsOf(db, practice.id).filter((patient) => patient.consent === 1)
  db.prepare('insert into launches values (?, ?)').run(practice.id, recipients.length)
  return json(res, 200, { launched: practice.name, recipients: recipients.length })
}
