import type { Call } from '../call.ts'
import { json } from '../http.ts'

/** Asks the national directory who stands behind a registration number. */
export async function lookUp({ directoryUrl, res, params }: Call) {
  const response = await fetch(`${directoryUrl}/clinicians/${encodeURIComponent(params.number)}`)
  if (response.status === 404) return json(res, 404, { error: 'nobody has that number' })
  if (!response.ok) throw new Error(`the directory answered ${response.status}`)
  return json(res, 200, { entry: await response.json() })
}
