import type { DatabaseSync } from 'node:sqlite'
import type { Call } from '../call.ts'
import { rows } from '../database.ts'
import { json } from '../http.ts'

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
