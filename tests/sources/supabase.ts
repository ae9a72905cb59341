import { type EmulatedSupabase, emulateSupabase } from '../../emulators/supabase/management.ts'
import { supabaseSource } from '../../lib/adapters/source.supabase.ts'
import type { Poll, SourceEvent } from '../../lib/domain/source.ts'
import type { Source } from '../../lib/world.ts'

export const READS = 'sbp_reads_logs_and_advisors'

export interface AskedSupabase {
  supabase: EmulatedSupabase
  source: Source
  cursor: string | null
  poll(): Promise<Poll>
  /** Polls on until everything has been read; what it told, in order. */
  drain(polls?: number): Promise<SourceEvent[]>
}

/** Supabase and who asks it, with the cursor kept as the table would. */
export async function askedSupabase(token = READS, timeoutMs = 2000): Promise<AskedSupabase> {
  const supabase = await emulateSupabase()
  supabase.limit = 10_000
  const source = supabaseSource({ url: supabase.url, token, timeoutMs }, supabase.project.ref)
  const one: AskedSupabase = {
    ...{ supabase, source, cursor: null },
    async poll() {
      const poll = await source.poll(one.cursor)
      one.cursor = poll.cursor
      return poll
    },
    async drain(polls = 100) {
      const events: SourceEvent[] = []
      for (let i = 0; i < polls; i++) {
        const poll = await one.poll()
        events.push(...poll.events)
        if (poll.readUntil) return events
      }
      throw new Error('it came to no end')
    },
  }
  return one
}

/** Every line the emulated project holds that is to be read, by the id it is to have here. */
export const heldBy = ({ project }: EmulatedSupabase): string[] =>
  project.rows.map(({ id }) => id.replaceAll('-', '')).sort()
