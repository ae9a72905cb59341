import { eventBody, eventLine, eventPage, issueBody } from './sentryShapes.ts'
import { period, type SentryStore } from './sentryStore.ts'
import { type Answer, type Call, type EmulatedIssue, no, ok, type Scope } from './sentryTypes.ts'

const GONE = 'The requested resource does not exist'
const MAY_READ: Scope[] = ['event:read', 'event:write']

/** What a call needs: any of these scopes. */
export function scopesFor({ method, path }: Call): Scope[] {
  if (/\/issues\//.test(path)) return method === 'GET' ? MAY_READ : ['event:write']
  return /\/projects\//.test(path) ? ['project:read'] : ['org:read', 'project:read']
}

export interface Place {
  store: SentryStore
  org: string
  /** What pages are cut to, where that is fewer than was asked for. */
  most: number
  url: string
  /** Lists show nothing that came later. */
  upTo: number
}

/** The API below `/api/0`; paths end with a slash. */
export function answerTo(place: Place, call: Call): Answer {
  const [noun, org = '', what, id = '', ...rest] = call.path.split('/').filter((part) => part !== '')
  if (org !== place.org) return no(404, GONE)
  if (noun === 'projects') {
    const project = place.store.projects.find(({ slug }) => slug === what)
    return project ? ok({ ...project, name: project.slug, organization: { slug: org } }) : no(404, GONE)
  }
  if (noun !== 'organizations') return no(404, GONE)
  if (what === undefined) return ok({ id: '1', slug: org, name: org })
  if (what === 'projects') return ok(place.store.projects)
  if (what !== 'issues') return no(404, GONE)
  if (id === '') return list(place, call)
  const issue = place.store.issues.find((one) => one.id === id)
  return issue ? below(place, call, issue, rest) : no(404, GONE)
}

function list({ store, most, url, upTo }: Place, call: Call): Answer {
  const unknown = call.query
    .getAll('project')
    .find((named) => named !== '-1' && !store.projects.some(({ id, slug }) => named === id || named === slug))
  if (unknown !== undefined) return no(404, GONE)
  const back = call.query.get('statsPeriod')
  if (back && period(back) === null) return no(400, `Invalid statsPeriod: '${back}'`)
  const bare = call.query.getAll('collapse').includes('stats')
  const found = store
    .search(call.query, upTo)
    .map(({ issue, events }) => (bare ? withoutStats(issueBody(issue, events)) : issueBody(issue, events)))
  return page(found, call, Math.min(Number(call.query.get('limit') ?? 100), 100, most), url)
}

/** What `collapse=stats` leaves out, to be asked for separately: more than its name says. */
function withoutStats({ count, userCount, firstSeen, lastSeen, lifetime, ...rest }: Record<string, unknown>) {
  return rest
}

function below({ store, most, url, upTo }: Place, call: Call, issue: EmulatedIssue, [noun, id]: string[]): Answer {
  const { method, body } = call
  if (noun === undefined) return method === 'PUT' ? change(store, issue, body) : ok(issueBody(issue))
  if (noun === 'events') {
    const events = issue.events
      .filter(({ received }) => received <= upTo)
      .sort((a, b) => b.happened - a.happened || (a.id < b.id ? 1 : -1))
    if (id !== undefined) {
      const named: Record<string, number> = { latest: 0, recommended: 0, oldest: events.length - 1 }
      const one = id in named ? events[named[id]!] : events.find((event) => event.id === id)
      return one ? ok(eventPage(one, issue)) : no(404, 'Event not found')
    }
    const full = call.query.get('full') === 'true'
    const back = period(call.query.get('statsPeriod'))
    const shown = events
      .filter(({ happened }) => back === null || happened >= store.now() - back)
      .map((event) => (full ? eventBody(event, issue) : eventLine(event, issue)))
    return page(shown, call, Math.min(Number(call.query.get('per_page') ?? 100), 100, most), url)
  }
  if (noun === 'comments') return comments(store, call, issue, id)
  return no(404, GONE)
}

const STATUSES = ['resolved', 'unresolved', 'ignored', 'resolvedInNextRelease']

function change(store: SentryStore, issue: EmulatedIssue, body: Record<string, unknown>): Answer {
  const status = String(body.status)
  if (!STATUSES.includes(status)) return { status: 400, json: { status: [`"${status}" is not a valid choice.`] } }
  const details = (body.statusDetails ?? {}) as { inCommit?: { repository: string; commit: string } }
  if (details.inCommit && !store.repositories.has(details.inCommit.repository))
    return {
      status: 400,
      json: { statusDetails: { inCommit: { repository: ['Unable to find the given repository.'] } } },
    }
  Object.assign(issue, {
    status: status === 'resolvedInNextRelease' ? 'resolved' : status,
    ...{ substatus: null, statusDetails: details },
  })
  return ok({ status: issue.status, statusDetails: issue.statusDetails })
}

function comments(store: SentryStore, { method, body }: Call, issue: EmulatedIssue, id: string | undefined): Answer {
  const shown = ({ id, text, at }: EmulatedIssue['comments'][number]) => ({
    ...{ id, type: 'note', data: { text }, dateCreated: new Date(at).toISOString() },
  })
  if (method === 'GET' && id === undefined) return ok([...issue.comments].reverse().map(shown))
  const text = typeof body.text === 'string' ? body.text.trim() : ''
  if (text === '') return { status: 400, json: { text: ['This field is required.'] } }
  if (method === 'POST' && id === undefined) {
    const made = { id: String(9000 + issue.comments.length), text, at: store.now() }
    issue.comments.push(made)
    return { status: 201, json: shown(made) }
  }
  const known = issue.comments.find((one) => one.id === id)
  if (method !== 'PUT' || !known) return no(404, GONE)
  known.text = text
  return ok(shown(known))
}

/** A page and its Link header: `rel="next"` is there on the last one too, with `results="false"`. */
function page(all: unknown[], { path, query }: Call, size: number, url: string): Answer {
  const at = Number(/^0:(\d+):[01]$/.exec(query.get('cursor') ?? '0:0:0')?.[1] ?? Number.NaN)
  if (!Number.isFinite(at)) return no(400, 'Invalid cursor parameter.')
  const link = (rel: string, cursor: string, results: boolean) => {
    const address = new URL(`${url}/api/0${path}`)
    for (const [name, value] of query) if (name !== 'cursor') address.searchParams.append(name, value)
    address.searchParams.set('cursor', cursor)
    return `<${address}>; rel="${rel}"; results="${results}"; cursor="${cursor}"`
  }
  const previous = link('previous', `0:${Math.max(0, at - size)}:1`, at > 0)
  const next = link('next', `0:${at + size}:0`, at + size < all.length)
  return ok(all.slice(at, at + size), { link: `${previous}, ${next}` })
}
