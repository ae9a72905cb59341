import type { Poll, SourceEvent, SourceTrouble } from '../../domain/source.ts'
import type { Answer, SentryApi } from './api.ts'
import { eventsOf, issuesOf } from './issues.ts'
import { closed, cursorOf, type Pass, passOf, type Todo } from './pass.ts'
import { againAt, SentryTrouble, unreachable } from './trouble.ts'

/** Sentry limits calls under way as well as calls a window. */
const IN_FLIGHT = 3
/** Of events at once: all, fewer when they are too long together, one alone. */
const SMALLER: Record<number, number> = { 100: 10, 10: 1 }
/** Issues whose events fail in one poll before it is Sentry that fails, not they. */
const FAILURES = 3
/** An issue that failed this often, over hours, while others were read, keeps them up no longer. */
const TRIES = 50

/** One poll: where it stands, what it has read, and what went wrong. */
export class SentryReading {
  calls = 0
  private readonly api: SentryApi
  private readonly project: string
  private readonly cursor: string | null
  private readonly events: SourceEvent[] = []
  /** Not tried again in this poll. */
  private readonly failed: Todo[] = []
  private pass: Pass
  private answered = false
  private stopped = false
  private ended = false
  private trouble: SourceTrouble | null = null
  private readUntil: number | null = null

  constructor(api: SentryApi, project: string, cursor: string | null) {
    this.api = api
    this.project = project
    this.cursor = cursor
    this.pass = passOf(cursor, Date.now())
  }

  get goesOn(): boolean {
    return !this.stopped && !this.ended
  }

  /** Events it has been told so far. */
  get read(): number {
    return this.events.length
  }

  async step(most: number): Promise<void> {
    if (this.pass.todo.length > 0) await this.readEvents(Math.min(IN_FLIGHT, most - this.calls))
    else if (!this.pass.listed) await this.listIssues()
    if (this.pass.todo.length === 0 && this.pass.listed) this.close()
  }

  told(): Poll {
    const todo = onceEach([...this.pass.todo, ...this.failed])
    return {
      events: this.events,
      cursor: this.answered ? cursorOf({ ...this.pass, todo }) : this.cursor,
      readUntil: this.readUntil === null ? null : new Date(this.readUntil),
      more: !this.ended && this.trouble === null,
      trouble: this.trouble,
    }
  }

  private close(): void {
    const next = closed({ ...this.pass, todo: this.failed })
    this.pass = { ...next.pass, todo: [] }
    this.readUntil = next.readUntil
    this.ended = next.ends
  }

  private async readEvents(many: number): Promise<void> {
    const batch = this.pass.todo.slice(0, many)
    this.pass = { ...this.pass, todo: this.pass.todo.slice(batch.length) }
    this.calls += batch.length
    const read = await Promise.allSettled(batch.map((todo) => eventsOf(this.api, todo)))
    for (const [i, one] of read.entries()) {
      const todo = batch[i]!
      if (one.status === 'rejected') {
        this.fails(todo, one.reason)
        continue
      }
      this.events.push(...one.value.events)
      this.hears(one.value.answer)
      // Behind the others: of every issue the newest are read before the older ones of any.
      if (one.value.next !== null) this.pass.todo.push({ ...todo, page: one.value.next, tries: 0 })
    }
  }

  private async listIssues(): Promise<void> {
    const { since, from, page, pages, until } = this.pass
    this.calls += 1
    try {
      const { issues, oldest, answer } = await issuesOf(this.api, this.project, page)
      this.hears(answer)
      const recent = issues.filter(({ lastSeen }) => lastSeen >= from)
      this.pass = {
        ...{ since, from, pages: pages + 1, page: answer.next },
        until: until ?? (answer.date ?? new Date()).getTime(),
        listed: answer.next === null || oldest === null || oldest < from,
        todo: recent.map(({ id }) => ({ issue: id, since, page: null, size: 100, tries: 0 })),
      }
    } catch (error) {
      this.stops(troubleIn(error))
    }
  }

  /** The last call of a window is not waited out by calling. */
  private hears({ remaining, headers }: Answer): void {
    this.answered = true
    if (remaining !== 0) return
    const again = againAt(headers, Date.now())
    this.stops({ state: 'limited', why: `Sentry’s calls are used up until ${again.toISOString()}`, again })
  }

  private fails(todo: Todo, error: unknown): void {
    const known = error instanceof SentryTrouble ? error : null
    // It was deleted, or merged into one that is listed itself.
    if (known?.gone) return
    const smaller = SMALLER[todo.size]
    if (known?.large && smaller) {
      this.pass.todo.push({ ...todo, page: null, size: smaller })
      return
    }
    const trouble = troubleIn(error)
    if (trouble.state !== 'unreachable' || this.failed.length + 1 >= FAILURES) this.stops(trouble)
    else this.trouble ??= trouble
    if (todo.tries + 1 < TRIES || !this.answered) this.failed.push({ ...todo, tries: todo.tries + 1 })
  }

  private stops(trouble: SourceTrouble): void {
    this.trouble = this.trouble?.state === 'limited' ? this.trouble : trouble
    this.stopped = true
  }
}

/** An issue that failed and was listed again is read once, from the earlier of the two. */
function onceEach(all: Todo[]): Todo[] {
  const one = new Map<string, Todo>()
  for (const todo of all) {
    const other = one.get(todo.issue)
    const both = other && {
      since: Math.min(todo.since, other.since),
      tries: Math.max(todo.tries, other.tries),
      page: null,
    }
    one.set(todo.issue, { ...todo, ...both })
  }
  return [...one.values()]
}

const troubleIn = (error: unknown): SourceTrouble =>
  (error instanceof SentryTrouble ? error : unreachable('Sentry’s answer could not be read')).trouble
