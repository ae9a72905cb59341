import type { Poll, SourceEvent, SourceFinding, SourceTrouble } from '../../domain/source.ts'
import { eventOfLine } from '../../parse/supabaseEvent.ts'
import { findingsOf } from './advisors.ts'
import type { Answer, SupabaseApi } from './api.ts'
import { linesOf } from './logs.ts'
import { cursorOf, isAdvised, isProven, nameOf, nextWindow, type Place, placeOf, SETTLES_MS } from './place.ts'
import { demandReadOnly } from './readOnly.ts'
import { SupabaseTrouble, unreachable } from './trouble.ts'

/** One poll: where it stands, what it has read, and what went wrong. */
export class SupabaseReading {
  calls = 0
  private readonly api: SupabaseApi
  private readonly token: string
  private readonly cursor: string | null
  private readonly events = new Map<string, SourceEvent>()
  private place: Place
  private moved = false
  private ended = false
  private trouble: SourceTrouble | null = null
  private findings: SourceFinding[] | null = null
  private readUntil: number | null = null
  /** Supabase's clock, as far as it has said; ours before that. */
  private now = Date.now()

  constructor(api: SupabaseApi, token: string, cursor: string | null) {
    this.api = api
    this.token = token
    this.cursor = cursor
    this.place = placeOf(cursor, this.now)
  }

  get goesOn(): boolean {
    return !this.ended && this.trouble === null
  }
  get read(): number {
    return this.events.size
  }

  /** A token that may write reads nothing for us. */
  async begin(): Promise<void> {
    if (isProven(this.place, this.token, Date.now())) return
    await this.tries(async () => {
      await demandReadOnly(this.api)
      this.place = { ...this.place, proven: { at: Date.now(), token: nameOf(this.token) } }
      this.moved = true
    })
  }

  /** A page of the stretch that is being read; a new stretch where none is. */
  async step(): Promise<void> {
    const window = this.place.window ?? nextWindow(this.place, this.now)
    await this.tries(async () => {
      this.calls += 1
      const { lines, below, column, answer } = await linesOf(this.api, this.place, window)
      if (answer.date) this.now = answer.date.getTime()
      for (const line of lines) {
        const event = eventOfLine(line, this.now)
        this.events.set(event.id, event)
      }
      this.moved = true
      const until = window.until ?? this.now
      // A page of one moment alone: what else was logged at that moment is left behind, since no question tells it apart.
      const strict = below !== null && lines.every(({ spelt }) => spelt === below)
      if (below !== null && window.strict && window.below !== null && below >= window.below)
        throw unreachable('Supabase’s logs do not go on below what was asked for')
      this.place = { ...this.place, column, window: { ...window, until, below, strict } }
      this.hears(answer)
      if (below === null) await this.closes(window.end, until)
    })
  }

  told(): Poll {
    return {
      events: [...this.events.values()],
      cursor: this.moved ? cursorOf(this.place) : this.cursor,
      readUntil: this.readUntil === null ? null : new Date(this.readUntil),
      more: !this.ended && this.trouble === null,
      trouble: this.trouble,
      findings: this.findings,
    }
  }

  /** The stretch has been read; the advisors are asked once everything is. */
  private async closes(end: number, until: number): Promise<void> {
    this.place = { ...this.place, window: null, from: Math.min(end, until) }
    if (end < until) return
    this.ended = true
    this.readUntil = until - SETTLES_MS
    if (this.trouble !== null || isAdvised(this.place, Date.now())) return
    this.place = { ...this.place, advised: Date.now() }
    // A token without advisors_read still reads logs; `nightshift doctor` says that there are no findings, and why.
    this.findings = await findingsOf(this.api).catch(() => null)
  }

  /** The last call of a window is not waited out by calling. */
  private hears({ again }: Answer): void {
    if (again)
      this.trouble = { state: 'limited', why: `Supabase’s calls are used up until ${again.toISOString()}`, again }
  }

  private async tries(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      const known = error instanceof SupabaseTrouble ? error : unreachable('Supabase’s answer could not be read')
      this.trouble = known.trouble
    }
  }
}
