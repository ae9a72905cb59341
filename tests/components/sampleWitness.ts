import type { Witness } from '../../lib/domain/evidence.ts'
import { BASE, minutesAgo } from './sampleIssue.ts'

const event = (message: string, body: string): NonNullable<Witness['event']> => ({
  at: minutesAgo(57).toISOString(),
  sha: BASE,
  environment: 'production',
  route: 'POST /api/campaigns/launch',
  failure: { type: 'TypeError', message, frames: [], handled: false, extension: false, causes: [] },
  request: {
    method: 'POST',
    path: '/api/campaigns/launch',
    headers: { authorization: '[token]', 'content-type': 'application/json' },
    body,
    capture: 'complete',
  },
})

/** The first of the two events of the sample diagnosis is kept; the other's body was dropped. */
export const witnesses: Witness[] = [
  { id: 'a', event: event("Cannot read properties of undefined (reading 'id')", '{"practiceId":99,"by":"[email]"}') },
  { id: 'b', event: null },
]

export const hostileWitnesses = (hostile: string): Witness[] => {
  const told = event(hostile, hostile)
  const request = { ...told.request!, path: hostile, headers: { [hostile]: hostile } }
  return [{ id: hostile, event: { ...told, request } }]
}
