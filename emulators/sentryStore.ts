import { randomUUID } from 'node:crypto'
import type { EmulatedIssue, EmulatedProject, SdkEvent, StoredEvent } from './sentryTypes.ts'

const fields = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}

const UNIT: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** `1h` as milliseconds. */
export function period(text: string | null): number | null {
  const [, n, unit] = /^(\d+)([smhdw])$/.exec(text ?? '') ?? []
  return n === undefined ? null : Number(n) * UNIT[unit!]!
}

/** What one organization's Sentry knows. */
export class SentryStore {
  readonly projects: EmulatedProject[] = []
  readonly issues: EmulatedIssue[] = []
  /** Repositories that were linked, as `owner/name`. */
  readonly repositories = new Set<string>()
  /** Milliseconds its clock is ahead of this machine's. */
  ahead = 0
  now = () => Date.now() + this.ahead

  project(slug: string): EmulatedProject {
    const known = this.projects.find((one) => one.slug === slug)
    if (known) return known
    const made = { id: String(4500 + this.projects.length), slug }
    this.projects.push(made)
    return made
  }

  /** Takes in what an SDK sent. The same id twice is one event; what is like another becomes an event of its issue. */
  take(slug: string, event: SdkEvent, more: { received?: number; happened?: number } = {}): EmulatedIssue {
    const project = this.project(slug)
    const id = typeof event.event_id === 'string' ? event.event_id : randomUUID().replaceAll('-', '')
    const received = more.received ?? this.now()
    const issue = this.issueFor(project, event)
    if (issue.events.some((one) => one.id === id)) return issue
    const stored: StoredEvent = {
      ...{ id, received, happened: more.happened ?? received, body: event },
      environment: typeof event.environment === 'string' ? event.environment : null,
      release: typeof event.release === 'string' ? event.release : null,
    }
    issue.events.push(stored)
    if (issue.status === 'resolved' && regresses(issue, stored))
      Object.assign(issue, { status: 'unresolved', substatus: 'regressed', statusDetails: {} })
    return issue
  }

  private issueFor(project: EmulatedProject, event: SdkEvent): EmulatedIssue {
    const errors = fields(event.exception).values ?? event.exception
    const thrown = fields(Array.isArray(errors) ? errors.at(-1) : undefined)
    const frames = fields(thrown.stacktrace).frames
    const crash = fields(Array.isArray(frames) ? frames.at(-1) : undefined)
    const title = thrown.type ? `${thrown.type}: ${thrown.value ?? ''}` : String(event.message ?? '<unlabeled event>')
    const culprit = String(event.transaction ?? crash.function ?? '')
    const key = thrown.type ? [thrown.type, crash.filename, crash.function] : [title]
    const groupedAs = JSON.stringify(event.fingerprint ?? key)
    const known = this.issues.find((one) => one.project === project && one.groupedAs === groupedAs)
    if (known) return known
    const n = this.issues.length + 1
    const made: EmulatedIssue = {
      ...{ id: String(6_000_000 + n), shortId: `${project.slug.toUpperCase()}-${n}`, project, title, culprit },
      ...{ groupedAs, category: 'error', status: 'unresolved', substatus: 'new', statusDetails: {} },
      ...{ events: [], comments: [] },
    }
    this.issues.push(made)
    return made
  }

  /** Issues a search finds, the one seen last first, each with the events it is about. */
  search(query: URLSearchParams, upTo = Number.POSITIVE_INFINITY): { issue: EmulatedIssue; events: StoredEvent[] }[] {
    const now = this.now()
    const back = period(query.get('statsPeriod'))
    const since = back !== null ? now - back : Date.parse(query.get('start') ?? '')
    const until = Math.min(back === null && query.has('end') ? Date.parse(query.get('end')!) : upTo, upTo)
    const environments = query.getAll('environment')
    const named = query.getAll('project')
    const words = (query.get('query') ?? 'is:unresolved').split(/\s+/).filter((word) => word !== '')
    const found = this.issues.flatMap((issue) => {
      if (named.length > 0 && !named.includes(issue.project.slug) && !named.includes(issue.project.id)) return []
      const events = issue.events.filter(
        ({ happened, received, environment }) =>
          !(happened < since) &&
          received <= until &&
          (environments.length === 0 || environments.includes(environment ?? '')),
      )
      return events.length > 0 && words.every((word) => matches(word, issue, lastOf(events), now))
        ? [{ issue, events }]
        : []
    })
    const by = SORTS[query.get('sort') ?? 'date'] ?? SORTS.date!
    return found.sort((a, b) => by(b.events) - by(a.events))
  }
}

const lastOf = (events: StoredEvent[]) => Math.max(...events.map(({ happened }) => happened))
const SORTS: Record<string, (events: StoredEvent[]) => number> = {
  date: lastOf,
  new: (events) => Math.min(...events.map(({ happened }) => happened)),
  freq: (events) => events.length,
}

/** `is:unresolved`, `lastSeen:-10m` (in the last ten minutes), `lastSeen:+1h` (longer ago), `lastSeen:>2026-…`, or a word. */
function matches(word: string, issue: EmulatedIssue, last: number, now: number): boolean {
  const [, name, told = ''] = /^([\w.]+):(.*)$/.exec(word) ?? []
  if (name === 'is') return told === 'archived' ? issue.status === 'ignored' : issue.status === told
  if (name === 'issue.category') return issue.category === told
  if (name === 'lastSeen') {
    const back = period(told.slice(1))
    if (back !== null) return told[0] === '-' ? last >= now - back : last <= now - back
    const [, sign, time] = /^(>=?|<=?)(.*)$/.exec(told) ?? []
    const at = Date.parse(time ?? '')
    return sign?.startsWith('>') ? last >= at : last <= at
  }
  return issue.title.toLowerCase().includes(word.toLowerCase())
}

/** What was resolved in a commit comes back with that commit alone; older versions drain meanwhile. */
function regresses({ statusDetails }: EmulatedIssue, event: StoredEvent): boolean {
  const commit = fields(statusDetails.inCommit).commit
  return commit === undefined || event.release === commit
}
