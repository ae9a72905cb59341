import type { HostFinding } from '../../domain/deployment.ts'
import { findingsOf } from './advisors.ts'
import { type SupabaseAccess, supabaseApi } from './api.ts'
import { linesOf } from './logs.ts'
import { nextWindow, placeOf } from './place.ts'
import { demandReadOnly } from './readOnly.ts'
import { SupabaseTrouble } from './trouble.ts'

/** Each part by itself, so that all that is missing is said at once. */
export async function supabaseFindings(access: SupabaseAccess, ref: string): Promise<HostFinding[]> {
  const api = supabaseApi(access, ref)
  const now = Date.now()
  const place = placeOf(null, now)
  const parts: [string, string, () => Promise<unknown>][] = [
    ['token', 'it can read, and four tried writes were refused', () => demandReadOnly(api)],
    ['logs', 'they can be read', () => linesOf(api, place, nextWindow({ ...place, from: now }, now))],
    ['advisors', 'they can be read', () => findingsOf(api)],
  ]
  const found: HostFinding[] = []
  for (const [name, good, look] of parts)
    found.push(
      await look().then(
        (): HostFinding => ({ state: 'ok', name: `supabase ${name}`, detail: good }),
        (error: unknown): HostFinding => ({
          // Without findings it works, and less well than it could.
          ...{ state: name === 'advisors' ? 'note' : 'fails', name: `supabase ${name}` },
          detail: wordsOf(error, name),
        }),
      ),
    )
  return found
}

function wordsOf(error: unknown, name: string): string {
  if (!(error instanceof SupabaseTrouble)) return 'it could not be looked at'
  if (error.trouble.state === 'forbidden' && name === 'advisors')
    return 'the token may not read them (advisors_read), so there are no findings; logs are read all the same'
  return error.trouble.why
}
