import type { Source } from '../world.ts'
import { type SupabaseAccess, supabaseApi } from './supabase/api.ts'
import { SupabaseReading } from './supabase/reading.ts'

/** Calls of one poll, and how long it begins new ones: two minutes' worth of what Supabase allows would be 240. */
const CALLS = 20
const EVENTS = 1000
const BEGINS_MS = 15_000

/** What went wrong in one Supabase project by its logs, and what its advisors find. Reads alone, with a token that cannot write. */
export function supabaseSource(access: SupabaseAccess, ref: string): Source {
  const api = supabaseApi(access, ref)
  return {
    kind: 'supabase',
    async poll(cursor) {
      const until = Date.now() + BEGINS_MS
      const reading = new SupabaseReading(api, access.token, cursor)
      await reading.begin()
      while (reading.goesOn && reading.calls < CALLS && reading.read < EVENTS && Date.now() < until)
        await reading.step()
      return reading.told()
    },
  }
}
